
// Fetches the page again and exchanges its live parts. What somebody has typed stands outside of them.
(function () {
  "use strict";
  var PERIOD_MS = 5000;

  function exchange(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    document.querySelectorAll("[data-live]").forEach(function (old) {
      var part = fresh.getElementById(old.id);
      if (part) old.replaceWith(document.importNode(part, true));
    });
  }

  function lost() {
    var attention = document.getElementById("attention");
    if (!attention) return;
    attention.className = "bad";
    attention.textContent = "This proxy does not answer any more. What stands here is old.";
  }

  function look() {
    if (document.hidden) return;
    fetch("/", { cache: "no-store", headers: { Accept: "text/html" } })
      .then(function (reply) { return reply.ok ? reply.text().then(exchange) : lost(); })
      .catch(lost);
  }

  setInterval(look, PERIOD_MS);
  document.addEventListener("visibilitychange", look);
})();
