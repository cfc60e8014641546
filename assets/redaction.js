// Drawing a mark on a page that is to be blackened: with mouse, pen, finger or keys. What is drawn
// fills the form beside the page, and what is typed there is drawn; the form alone is sent.

const STEP = 2;
const FIRST = { width: 120, height: 14 };

function marksOn(sheet) {
  const form = document.querySelector("[data-marking-form]");
  if (!form) {
    return;
  }
  const drawn = sheet.querySelector("[data-marking-new]");
  const touch = document.querySelector("[data-marking-touch]");
  const { width: wide, height: high } = sheet.viewBox.baseVal;
  const fields = Object.fromEntries(
    ["left", "bottom", "right", "top"].map((name) => [name, form.elements[name]]),
  );
  let start = null;
  let box = null;

  const draw = () => {
    for (const [name, value] of Object.entries(box)) {
      drawn.setAttribute(name, value);
    }
  };
  const write = () => {
    fields.left.value = box.x.toFixed(2);
    fields.right.value = (box.x + box.width).toFixed(2);
    fields.top.value = (high - box.y).toFixed(2);
    fields.bottom.value = (high - box.y - box.height).toFixed(2);
  };
  const place = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      sheet.getScreenCTM().inverse(),
    );
    return { x: Math.min(Math.max(at.x, 0), wide), y: Math.min(Math.max(at.y, 0), high) };
  };
  const read = () => {
    const [left, bottom, right, top] = Object.values(fields).map((field) =>
      Number(field.value.replace(",", ".")),
    );
    if (right > left && top > bottom) {
      box = { x: left, y: high - top, width: right - left, height: top - bottom };
      draw();
    }
  };

  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType === "touch" && touch.ariaPressed !== "true")) {
      return;
    }
    event.preventDefault();
    sheet.focus({ preventScroll: true });
    sheet.setPointerCapture(event.pointerId);
    start = place(event);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!start) {
      return;
    }
    const end = place(event);
    box = {
      x: Math.min(start.x, end.x),
      y: Math.min(start.y, end.y),
      width: Math.abs(end.x - start.x),
      height: Math.abs(end.y - start.y),
    };
    draw();
  });
  sheet.addEventListener("pointerup", () => {
    if (start && box && box.width >= STEP && box.height >= STEP) {
      write();
      form.elements.ground.focus();
    }
    start = null;
  });
  sheet.addEventListener("pointercancel", () => {
    start = null;
  });

  const keys = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && box) {
      event.preventDefault();
      form.elements.ground.focus();
    }
    const way = keys[event.key];
    if (!way) {
      return;
    }
    event.preventDefault();
    box ??= { x: (wide - FIRST.width) / 2, y: high / 2, ...FIRST };
    const [across, down] = way.map((one) => one * STEP);
    if (event.shiftKey) {
      box.width = Math.min(Math.max(box.width + across, STEP), wide - box.x);
      box.height = Math.min(Math.max(box.height + down, STEP), high - box.y);
    } else {
      box.x = Math.min(Math.max(box.x + across, 0), wide - box.width);
      box.y = Math.min(Math.max(box.y + down, 0), high - box.height);
    }
    draw();
    write();
  });

  touch.addEventListener("click", () => {
    touch.ariaPressed = touch.ariaPressed === "true" ? "false" : "true";
    sheet.classList.toggle("ppid-desk__sheet--drawing", touch.ariaPressed === "true");
  });
  form.addEventListener("input", read);
  sheet.setAttribute("tabindex", "0");
  document.querySelector("[data-marking-hint]").hidden = false;
  touch.hidden = !window.matchMedia("(pointer: coarse)").matches;
  read();
}

for (const sheet of document.querySelectorAll("[data-marking]")) {
  marksOn(sheet);
}
