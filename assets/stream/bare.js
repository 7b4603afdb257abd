// The picture alone, for OBS: at /alpha transparent. Nothing at all when livemask has ended.

const INTERVAL = 1000; // ms between two questions
const ALPHA = location.pathname.endsWith("/alpha");
const PICTURES = ALPHA ? "alpha.webp" : "picture.mjpg";
const picture = document.getElementById("picture");
const notice = document.getElementById("notice");

function say(text) {
  notice.textContent = text;
  notice.hidden = !text;
}

function hide() {
  picture.removeAttribute("src"); // a picture that stands still is worse than none
}

async function ask() {
  try {
    const answer = await fetch("state.json", { signal: AbortSignal.timeout(3000) });
    if (!answer.ok) throw new Error(answer.statusText);
    const state = await answer.json();
    const lacking = ALPHA && state.size[0] > 0 && !state.transparent;
    if (lacking || !state.size[0]) hide();
    else if (!picture.hasAttribute("src")) picture.src = `${PICTURES}?${Date.now()}`;
    say(lacking ? "livemask must run with --background transparent" : "");
  } catch {
    hide();
    say("");
  }
}

picture.addEventListener("error", hide);

ask();
setInterval(ask, INTERVAL);
