// Makes and uses passkeys. A form with `data-passkey` names where its options come from; the device's answer rides
// in the form's hidden field, and the form is then sent as any form is. Nothing else on the page needs a script.

const KINDS = {
  make: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  enter: (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

function say(form, code) {
  for (const line of form.querySelectorAll('[data-says]')) line.hidden = line.dataset.says !== code;
}

async function ask(form) {
  const answer = await fetch(form.dataset.options, { method: 'POST' });
  if (!answer.ok) return say(form, 'unreachable');
  const made = await KINDS[form.dataset.passkey](await answer.json());
  form.elements.passkey.value = JSON.stringify(made.toJSON());
  form.submit();
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const button = form.querySelector('button[data-asks]') ?? form.querySelector('button');
  if (!globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON || !PublicKeyCredential.prototype.toJSON) {
    button.disabled = true;
    say(form, 'cannot');
    continue;
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say(form, '');
    try {
      await ask(form);
    } catch (error) {
      // stopped by the person, timed out, or no such passkey here: browsers do not say which, on purpose
      say(form, error instanceof TypeError ? 'unreachable' : 'stopped');
    } finally {
      button.disabled = false;
    }
  });
}
