// The widget's two calls to its own origin. No cookie goes along, no address of the page, and
// nothing may keep the reply.

export const BASE = new URL(/\/widget\/[^/]*$/.test(new URL(import.meta.url).pathname) ? ".." : ".", import.meta.url);

const PATIENCE = 20000;

// What it throws has `status` and `problem`, the server's own RFC 9457 object, if that answered at all.
async function call(path, options) {
  const response = await fetch(new URL(path, BASE), {
    credentials: "omit", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(PATIENCE), ...options,
  });
  const body = await response.json().catch(() => null);
  // Whoever answers "OK" without JSON is not our server, but perhaps a login page on the way.
  if (!response.ok || (response.status === 200 && !body)) throw { status: response.status, problem: body };
  return body;
}

const post = (path, body) => call(path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), cache: "no-store",
});

export const ask = (question) => post("api/v1/ask", question);

export const sendFeedback = (verdict) => post("api/v1/feedback", verdict);

export const topics = (language) => call("api/v1/topics?language=" + language);
