// The pages need no script; this shows the button that a page without scripts could not serve.
"use strict";
const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
