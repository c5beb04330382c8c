// Two thumbs under an answer. A thumb down asks why; the last opinion given is the one kept.

const LONGEST_REASON = 500;

// `element` makes an element, `say` gives a string, `give` sends { score, comment? }.
export function thumbs({ element, say, give }) {
  const group = element("div", { className: "thumbs", role: "group", ariaLabel: say("thumbs"), ariaLive: "off" });
  const up = thumb(say("thumb_up"));
  const down = thumb(say("thumb_down"));
  const reason = element("input", { maxLength: LONGEST_REASON });
  const why = element("form", { hidden: true, autocomplete: "off" },
    element("label", {}, say("reason"), reason),
    element("button", { textContent: say("send") }));

  // In words: not every machine has a font with the signs.
  function thumb(name) {
    return element("button", { type: "button", textContent: name, ariaPressed: "false" });
  }

  function choose(score) {
    up.ariaPressed = String(score === 1);
    down.ariaPressed = String(score === -1);
    why.hidden = score === 1;
    give({ score });
  }

  up.onclick = () => choose(1);
  down.onclick = () => {
    choose(-1);
    reason.focus();
  };
  why.onsubmit = (event) => {
    event.preventDefault();
    const comment = reason.value.trim();
    if (comment) give({ score: -1, comment });
    why.hidden = true;
    down.focus();
  };
  group.append(up, down, why);
  return group;
}
