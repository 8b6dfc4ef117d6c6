// Asks before something is done, does it, and says what came of it.
import { html, useEffect, useRef, useState } from './vendor/htm-preact.js';
import { Entry } from './parts.js';

const NAME = 'tideline-name';
let open = () => {};
let say = () => {};

function remembered() {
  try {
    return localStorage.getItem(NAME) ?? '';
  } catch {
    return '';
  }
}

function remember(name) {
  try {
    localStorage.setItem(NAME, name);
  } catch {
    // asked for again next time
  }
}

/**
 * Asks for confirmation.
 *
 * @param question title, text, and action: the words on the button
 * @param question.fields label, name, and options or none for free text; `by` is remembered
 * @param question.run is given the fields' values; what it returns is said, and what it throws stays in the dialog
 */
export const confirm = question => open(question);

/** Says something in passing. */
export const notify = text => say(text);

export const BY = { name: 'by', label: 'Your name, for the record', optional: true };

function Field({ field }) {
  return html`<label>${field.label}
    ${field.options
      ? html`<select name=${field.name}>${field.options.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select>`
      : html`<${Entry} name=${field.name} maxlength="100" value=${field.name === 'by' ? remembered() : ''} required=${!field.optional} />`}
  </label>`;
}

export function Dialogs() {
  const [question, setQuestion] = useState(null);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const dialog = useRef(null);
  const before = useRef(null);
  const number = useRef(0);
  open = asked => {
    before.current = document.activeElement;
    setProblem(null);
    setQuestion({ ...asked, key: ++number.current });
  };
  say = setSaid;
  useEffect(() => {
    if (question) dialog.current.showModal();
  }, [question]);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(''), 8000);
    return () => clearTimeout(timer);
  }, [said]);
  const close = () => {
    setQuestion(now => (now === question ? null : now)); // the next one may have been asked meanwhile
    // Back to where the person was; what they pressed may have been replaced by its opposite.
    (before.current?.isConnected ? before.current : document.querySelector('h1'))?.focus();
  };
  const submit = async event => {
    event.preventDefault();
    const asked = event.target.closest('dialog');
    const values = Object.fromEntries(new FormData(event.target));
    if (values.by !== undefined) remember(values.by);
    setBusy(true);
    setProblem(null);
    try {
      setSaid((await question.run(values)) ?? 'Done.');
      asked.close();
    } catch (e) {
      setProblem(e.message);
    } finally {
      setBusy(false);
    }
  };
  return html`<div>
    ${question && html`<dialog key=${question.key} ref=${dialog} aria-labelledby="question" onClose=${close}>
      <form onSubmit=${submit}>
        <h2 id="question">${question.title}</h2>
        <p>${question.text}</p>
        ${(question.fields ?? []).map(field => html`<${Field} field=${field} />`)}
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
        <p class="buttons"><button type="button" onClick=${() => dialog.current.close()}>Cancel</button>
          <button class=${question.danger ? 'danger' : 'main'} disabled=${busy}>${busy ? 'Working …' : question.action}</button></p>
      </form></dialog>`}
    <p role="status" class=${said ? 'said' : 'unseen'}>${said}</p>
  </div>`;
}
