// A button that opens a feedback form on GitHub, filled in. Nothing is loaded or sent: the visitor sees the form first.
// <script src="/feedback.js" data-repository="OWNER/NAME" data-version="1.2.3" defer></script>
{
  const { dataset } = document.currentScript;
  const { repository = "", template = "feedback.yml", version = "" } = dataset;
  if (!/^[\w-]+\/[\w.-]+$/.test(repository)) {
    throw new Error('feedback.js: expected data-repository="OWNER/NAME"');
  }
  const say = {
    button: "Feedback",
    title: "About this page",
    told: "The form on GitHub begins with this. You can change it there:",
    page: "page",
    version: "version",
    viewport: "window",
    picture: "Take a picture of this page",
    copied: "The picture is on the clipboard. Paste it into the form.",
    saved: "The picture was saved. Drag it into the form.",
    none: "No picture was taken.",
    open: "Open the form",
    close: "Close",
    ...JSON.parse(dataset.words ?? "{}"),
  };

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const facts = () => ({
    // Query and fragment may hold what nobody else should read.
    page: (location.origin + location.pathname).slice(0, 500),
    version: version.slice(0, 100),
    viewport: `${innerWidth}x${innerHeight} at ${devicePixelRatio}`,
  });

  const list = make("dl");
  const status = make("p", { role: "status" });
  const picture = make("button", { type: "button", textContent: say.picture });
  const form = make("a", { target: "_blank", rel: "noopener", textContent: say.open });
  const close = make("button", { type: "button", textContent: say.close });
  const title = make("h2", { id: "title", textContent: say.title });
  const dialog = make("dialog", {}, title, make("p", { textContent: say.told }), list, status);
  dialog.setAttribute("aria-labelledby", "title");
  dialog.append(make("div", {}, picture, form, close));
  const button = make("button", { type: "button", className: "open", textContent: say.button });
  button.setAttribute("aria-haspopup", "dialog");

  const show = () => {
    const told = facts();
    const pairs = Object.entries(told).filter(([, value]) => value !== "");
    list.replaceChildren(
      ...pairs.flatMap(([name, value]) => [
        make("dt", { textContent: say[name] }),
        make("dd", { textContent: value }),
      ]),
    );
    const query = new URLSearchParams({ template, ...Object.fromEntries(pairs) });
    form.href = `https://github.com/${repository}/issues/new?${query}`;
    dialog.showModal();
  };

  const take = async () => {
    dialog.close();
    const stream = await navigator.mediaDevices.getDisplayMedia({ preferCurrentTab: true });
    try {
      const video = make("video", { muted: true, srcObject: stream });
      await video.play();
      const canvas = make("canvas", { width: video.videoWidth, height: video.videoHeight });
      canvas.getContext("2d").drawImage(video, 0, 0);
      return await new Promise((resolve) => canvas.toBlob(resolve));
    } finally {
      for (const track of stream.getTracks()) track.stop();
    }
  };

  // An address carries no picture: the clipboard does, and where it is closed, a file.
  const keep = async (blob) => {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      return say.copied;
    } catch {
      const href = URL.createObjectURL(blob);
      make("a", { href, download: "page.png" }).click();
      URL.revokeObjectURL(href);
      return say.saved;
    }
  };

  picture.hidden = navigator.mediaDevices?.getDisplayMedia === undefined;
  picture.onclick = async () => {
    status.textContent = "";
    const blob = await take().catch(() => null);
    show();
    status.textContent = blob === null ? say.none : await keep(blob);
  };
  button.onclick = () => {
    status.textContent = "";
    show();
  };
  close.onclick = () => dialog.close();

  const host = make("millwright-feedback");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  // System colours follow the visitor's scheme; no policy stands in the way of a sheet made here.
  sheet.replaceSync(`
:host { color-scheme: light dark; font: 1rem/1.5 system-ui }
.open { position: fixed; right: 1rem; bottom: 1rem; z-index: 9999 }
button, a { font: inherit; color: ButtonText; background: ButtonFace; border: 1px solid;
border-radius: .4rem; padding: .4rem .8rem; text-decoration: none }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
dialog { color: CanvasText; background: Canvas; max-width: min(30rem, 90vw) }
h2 { margin: 0 }
dd { margin: 0; overflow-wrap: anywhere }
div { display: flex; flex-wrap: wrap; gap: .5rem }
@media print { .open { display: none } }`);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(button, dialog);
  document.body.append(host);
}
