// The transparent page: the picture while livemask runs, nothing at all when it has ended.

const INTERVAL = 1000; // ms between two questions
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
    const state = await answer.json();
    const opaque = state.size[0] > 0 && !state.transparent;
    if (opaque || !state.size[0]) hide();
    else if (!picture.hasAttribute("src")) picture.src = `alpha.webp?${Date.now()}`;
    say(opaque ? "livemask must run with --background transparent" : "");
  } catch {
    hide();
    say("");
  }
}

picture.addEventListener("error", hide);

ask();
setInterval(ask, INTERVAL);
