/** Talks to the API. The token stays in this tab: no cookie, so that no other page can act for the person. */
const KEY = 'kit-token';

export const token = {
  get: () => sessionStorage.getItem(KEY) ?? '',
  set: value => sessionStorage.setItem(KEY, value),
  clear: () => sessionStorage.removeItem(KEY),
};

export class Failure extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem.code ?? '';
  }
}

async function request(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, {method, body, headers: {Authorization: `Bearer ${token.get()}`, ...headers}, credentials: 'omit'});
  } catch {
    throw new Failure(0, {detail: 'The gateway does not answer.'});
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    if (response.status === 401) window.dispatchEvent(new CustomEvent('kit-login', {detail: problem.detail}));
    throw new Failure(response.status, problem);
  }
  return response;
}

const json = async response => response.json();

export const get = path => request('GET', path).then(json);
export const post = (path, body) => request('POST', path, JSON.stringify(body ?? {}), {'Content-Type': 'application/json'}).then(json);
export const put = (path, body) => request('PUT', path, JSON.stringify(body), {'Content-Type': 'application/json'}).then(json);
export const remove = path => request('DELETE', path).then(json);
export const upload = (path, file) => request('PUT', path, file, {'Content-Type': 'application/java-archive'}).then(json);
export const download = path => request('GET', path).then(response => response.blob());
export const name = text => encodeURIComponent(text);

/** Listens to server-sent events until it is aborted; EventSource could not send the token. Connects again by itself. */
export async function listen(path, signal, heard) {
  for (let pause = 1000; !signal.aborted; pause = Math.min(pause * 2, 15000)) {
    try {
      const response = await fetch(path, {headers: {Authorization: `Bearer ${token.get()}`}, signal, credentials: 'omit'});
      if (!response.ok) throw new Failure(response.status, {});
      pause = 1000;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (let part; !(part = await reader.read()).done;) {
        const messages = (rest + part.value).split('\n\n');
        rest = messages.pop();
        for (const message of messages) {
          const data = message.split('\n').filter(line => line.startsWith('data: ')).map(line => line.slice(6)).join('\n');
          if (data) heard(JSON.parse(data));
        }
      }
    } catch {
      // Aborted, or the gateway is away: the loop knows.
    }
    if (!signal.aborted) await new Promise(done => setTimeout(done, pause));
  }
}
