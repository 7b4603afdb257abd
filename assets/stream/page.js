// The page: asks for the state once a second, shows the picture, puts on masks.

const INTERVAL = 1000; // ms between two questions
const at = (id) => document.getElementById(id);
const picture = at("picture");

let shown = ""; // which pictures are shown: an address
let about = {}; // what each mask is
let busy = ""; // the mask that is being put on

function show(address) {
  if (shown !== address) {
    shown = address;
    picture.src = `${address}?${Date.now()}`; // a new address is a new connection
  }
}

function say(text) {
  at("notice").textContent = text;
  at("notice").hidden = !text;
}

function condition(is, text) {
  at("condition").dataset.is = is;
  at("condition").textContent = text;
}

function face({ tracked = 0, held = 0, lost = 0 }) {
  const several = tracked + held + lost > 1;
  const count = (number, word) => (number ? [several ? `${number} ${word}` : word] : []);
  const parts = [...count(tracked, "tracked"), ...count(held, "held"), ...count(lost, "lost")];
  at("face").textContent = parts.join(", ") || "none";
  at("face").dataset.is = tracked ? "tracked" : held ? "held" : "lost";
}

function blank() {
  for (const id of ["face", "fps", "size", "viewers", "dropped"]) at(id).textContent = "–";
  at("face").removeAttribute("data-is");
}

function numbers(state) {
  if (!state.size[0]) return blank();
  face(state.faces);
  at("fps").textContent = state.fps.toFixed(1);
  at("size").textContent = state.size.join(" × ");
  at("viewers").textContent = state.viewers;
  at("dropped").textContent = state.dropped;
}

function mark(worn) {
  for (const button of at("masks").children) {
    button.setAttribute("aria-pressed", worn.includes(button.value));
    button.setAttribute("aria-busy", button.value === busy);
    button.disabled = false;
  }
  const names = worn.join(", ");
  if (at("worn").textContent !== names) {
    at("worn").textContent = names;
    at("about").textContent = about[worn[0]] ?? "";
    at("masks").querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
  }
}

function masks({ worn, offered }) {
  const buttons = at("masks");
  if ([...buttons.children].map((button) => button.value).join() !== offered.join()) {
    buttons.replaceChildren(...offered.map(button));
  }
  at("masks-title").parentElement.hidden = !offered.length;
  mark(worn);
}

function button(mask) {
  const made = document.createElement("button");
  made.type = "button";
  made.value = mask;
  made.title = about[mask] ?? mask;
  const seen = new Image();
  seen.alt = "";
  seen.addEventListener("error", () => seen.remove()); // masks of other packages have none
  seen.src = `masks/${mask}.webp`;
  const name = document.createElement("span");
  name.textContent = mask;
  made.append(seen, name);
  made.addEventListener("click", () => wear(mask));
  return made;
}

function complain(text) {
  at("error").textContent = text;
  at("error").hidden = !text;
}

async function wear(mask) {
  if (busy) return;
  busy = mask;
  complain("");
  at("masks").querySelector(`[value="${CSS.escape(mask)}"]`)?.setAttribute("aria-busy", true);
  try {
    const asked = { method: "POST", body: JSON.stringify({ mask }) };
    asked.headers = { "Content-Type": "application/json" };
    const answer = await fetch("mask", asked);
    const told = await answer.json();
    if (!answer.ok) complain(told.error);
  } catch {
    complain(`${mask} could not be put on: livemask does not answer.`);
  }
  busy = "";
  await ask();
}

async function ask() {
  try {
    const answer = await fetch("state.json", { signal: AbortSignal.timeout(3000) });
    if (!answer.ok) throw new Error(answer.statusText);
    const state = await answer.json();
    if (!Object.keys(about).length) about = await (await fetch("masks.json")).json();
    at("frame").classList.toggle("transparent", state.transparent);
    at("frame").style.aspectRatio = state.size[0] ? `${state.size[0]} / ${state.size[1]}` : "";
    show(state.transparent ? "alpha.webp" : "picture.mjpg");
    const live = state.fps > 0;
    condition(live ? "live" : "idle", live ? "live" : "waiting for pictures");
    say(state.size[0] ? "" : "getting ready");
    numbers(state);
    masks(state);
  } catch {
    shown = ""; // the picture is asked for anew as soon as livemask answers
    picture.removeAttribute("src"); // a face that stands still is no live picture
    condition("gone", "not connected");
    blank();
    for (const button of at("masks").children) button.disabled = true;
    say("livemask has ended or cannot be reached; this page waits for it.");
  }
}

picture.addEventListener("error", () => {
  shown = "";
});

ask();
setInterval(ask, INTERVAL);
