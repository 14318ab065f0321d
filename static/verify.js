// The code on a paper, read by a camera, comes behind the # of the address: no browser sends that part anywhere. It goes into the field
// and out of the address. Without a script the code is typed from the paper.
const field = document.getElementById('code');
const code = location.hash.slice(1);
if (field && /^[0-9A-Za-z]{16}$/.test(code)) {
  field.value = code.match(/.{4}/g).join(' ');
  history.replaceState(null, '', location.pathname);
}
