// Before the first paint, so that a dark page is never white for a moment. Mantine keeps the choice under this key.
(function () {
  var choice = localStorage.getItem('mantine-color-scheme-value');
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
