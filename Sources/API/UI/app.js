// The page of gitdex. Everything it shows comes from the API and is set as text, never as markup:
// file names, code and commit messages are whatever their authors made them.
'use strict';

// ---- What is known -------------------------------------------------------------------------

const state = {
  isLocal: false,       // a server that was started with --local asks nobody who they are
  token: null,          // the access token; the refresh token is a cookie that no script can read
  me: null,
  workspaces: [],
  events: null,         // what ends the stream of events that is read now
  jobs: new Map(),
};

class Problem extends Error {
  constructor(status, document) {
    super(document.detail || document.title || 'The server answered ' + status);
    this.status = status;
    this.type = document.type || '';
  }
}

// ---- Asking the server -----------------------------------------------------------------------

async function send(method, path, body, accept) {
  const headers = { Accept: accept || 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (state.token) headers.Authorization = 'Bearer ' + state.token;
  return fetch(path, {
    method, headers, cache: 'no-store', credentials: 'same-origin', redirect: 'error',
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

async function answer(response) {
  if (response.status === 204) return null;
  const text = await response.text();
  let document = {};
  try { document = JSON.parse(text); } catch { document = { detail: text.slice(0, 200) }; }
  if (!response.ok) throw new Problem(response.status, document);
  return document;
}

async function call(method, path, body) {
  let response = await send(method, path, body);
  if (response.status === 401 && state.token && await refresh()) {
    response = await send(method, path, body);
  }
  if (response.status === 401 && state.me) signedOut();
  return answer(response);
}

// Two pages that used one refresh token up would look like a thief: one goes after the other.
function refresh() {
  const ask = async () => {
    state.token = null;
    const response = await send('POST', '/v1/auth/refresh', {});
    if (!response.ok) return false;
    state.token = (await response.json()).access_token;
    return true;
  };
  return navigator.locks ? navigator.locks.request('gitdex-refresh', ask) : ask();
}

// ---- Showing ---------------------------------------------------------------------------------

function make(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'class') element.className = value;
    else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

const byID = (id) => document.getElementById(id);

function show(title, ...children) {
  document.title = title ? title + ' · gitdex' : 'gitdex';
  byID('main').replaceChildren(...children.filter(Boolean));
}

function complain(error) {
  const place = byID('message');
  place.textContent = error ? error.message || String(error) : '';
  place.hidden = !error;
}

function tell(text) { byID('status').textContent = text; }

function field(label, properties) {
  return make('label', { class: properties.wide ? 'wide' : undefined }, label,
    make('input', { ...properties, wide: undefined }));
}

function choice(label, name, options, chosen) {
  return make('label', {}, label, make('select', { name }, options.map(([value, text]) =>
    make('option', { value, selected: value === chosen }, text))));
}

// A form that says what went wrong, and cannot be sent twice at once.
function form(properties, send, ...children) {
  const element = make('form', properties, ...children);
  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    complain(null);
    const buttons = [...element.querySelectorAll('button')];
    for (const button of buttons) button.disabled = true;
    try {
      await send(Object.fromEntries(new FormData(element)));
    } catch (error) {
      complain(error);
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  });
  return element;
}

function action(text, properties, act) {
  const button = make('button', { type: 'button', ...properties }, text);
  button.addEventListener('click', async () => {
    complain(null);
    button.disabled = true;
    try { await act(); } catch (error) { complain(error); } finally { button.disabled = false; }
  });
  return button;
}

// ---- Where the page is -----------------------------------------------------------------------

// #W, #W/search?q=…, #W/file?…: the workspace's id, the view, what the view shows.
function place() {
  const hash = location.hash.slice(1);
  const [path, query] = hash.split(/\?(.*)/s);
  const [workspace, view] = path.split('/');
  let id = '';
  try { id = decodeURIComponent(workspace || ''); } catch { id = ''; }
  return { workspace: id, view: view || 'repositories', query: new URLSearchParams(query || '') };
}

function address(workspace, view, query) {
  const search = query ? '?' + new URLSearchParams(query) : '';
  return '#' + encodeURIComponent(workspace) + (view ? '/' + view : '') + search;
}

const root = (workspace) => '/v1/workspaces/' + encodeURIComponent(workspace);

function navigation(workspace, view) {
  const links = [['repositories', 'Repositories'], ['search', 'Search']];
  const name = state.workspaces.find((one) => one.id === workspace);
  byID('places').replaceChildren(
    make('span', {}, name ? name.name : workspace),
    ...links.map(([id, text]) => make('a', {
      href: address(workspace, id), 'aria-current': id === view ? 'page' : undefined,
    }, text)));
  byID('places').hidden = false;
}

async function render() {
  complain(null);
  const { workspace, view, query } = place();
  if (!state.isLocal && !state.me) return signIn();
  if (workspace === 'github-refused') {
    complain('GitHub was not connected: it was refused there.');
  }
  if (!state.workspaces.some((one) => one.id === workspace)) {
    stopEvents();
    byID('places').hidden = true;
    if (state.isLocal) { location.replace('#local'); return; }
    return workspacesView();
  }
  navigation(workspace, view);
  follow(workspace);
  try {
    if (view === 'search') await searchView(workspace, query);
    else if (view === 'file') await fileView(workspace, query);
    else await repositoriesView(workspace);
  } catch (error) {
    complain(error);
  }
}

// ---- Signing in ------------------------------------------------------------------------------

async function loadMe() {
  state.me = await call('GET', '/v1/auth/me');
  state.workspaces = state.me.workspaces;
  byID('email').textContent = state.me.email;
  byID('who').hidden = false;
}

function signedOut() {
  state.token = null;
  state.me = null;
  state.workspaces = [];
  stopEvents();
  byID('who').hidden = true;
  byID('places').hidden = true;
  render();
}

function signIn() {
  const enter = async (values) => {
    const tokens = await call('POST', '/v1/auth/login',
      { email: values.email, password: values.password, cookie: true });
    state.token = tokens.access_token;
    await loadMe();
    await render();
    byID('main').focus();
  };
  const register = async (values) => {
    const body = { email: values.email, password: values.password };
    if (values.invitation) body.invitation = values.invitation;
    await call('POST', '/v1/auth/register', body);
    await enter(values);
  };
  show('Sign in',
    make('h2', {}, 'Sign in'),
    form({ class: 'fields', id: 'login' }, enter,
      field('Email', { name: 'email', type: 'email', autocomplete: 'username', required: true }),
      field('Password', {
        name: 'password', type: 'password', autocomplete: 'current-password', required: true,
      }),
      make('button', { class: 'primary' }, 'Sign in')),
    make('h2', {}, 'Make an account'),
    form({ class: 'fields', id: 'register' }, register,
      field('Email', { name: 'email', type: 'email', autocomplete: 'username', required: true }),
      field('Password', {
        name: 'password', type: 'password', autocomplete: 'new-password', required: true,
      }),
      field('Invitation, if you have one', { name: 'invitation', autocomplete: 'off' }),
      make('button', {}, 'Make the account')));
}

// ---- Workspaces ------------------------------------------------------------------------------

function workspacesView() {
  const create = async (values) => {
    const made = await call('POST', '/v1/workspaces', { name: values.name });
    await loadMe();
    location.hash = address(made.id);
  };
  const accept = async (values) => {
    const joined = await call('POST', '/v1/invitations/accept', { token: values.token });
    await loadMe();
    location.hash = address(joined.id);
  };
  const list = state.workspaces.map((one) => make('li', { class: 'split' },
    make('a', { href: address(one.id) }, one.name), make('span', { class: 'quiet' }, one.role)));
  show('Workspaces',
    make('h2', {}, 'Workspaces'),
    list.length
      ? make('ul', { class: 'plain', id: 'workspaces' }, list)
      : make('p', {}, 'There is none yet.'),
    make('h2', {}, 'Make a workspace'),
    form({ class: 'row', id: 'create-workspace' }, create,
      field('Name', { name: 'name', maxlength: 200, required: true, wide: true }),
      make('button', { class: 'primary' }, 'Make it')),
    make('h2', {}, 'Join one by invitation'),
    form({ class: 'row', id: 'accept-invitation' }, accept,
      field('Invitation', { name: 'token', required: true, autocomplete: 'off', wide: true }),
      make('button', {}, 'Join')));
}

// ---- Repositories ----------------------------------------------------------------------------

const mayChange = (workspace) => {
  const one = state.workspaces.find((each) => each.id === workspace);
  return one && (one.role === 'admin' || one.role === 'owner');
};

function refText(ref) {
  const name = ref.name.replace(/^refs\/(heads|tags)\//, '');
  if (!ref.indexed_commit) return name + ': not indexed yet';
  const behind = ref.behind ? ', ' + ref.behind + ' behind' : '';
  return name + ' at ' + ref.indexed_commit.slice(0, 10) + behind;
}

function repositoryItem(workspace, one) {
  const forget = async () => {
    if (!confirm('Forget ' + one.name + ' with all that is indexed of it?')) return;
    await call('DELETE', root(workspace) + '/repositories/' + one.id);
    tell(one.name + ' is forgotten.');
    await repositoriesView(workspace);
  };
  return make('li', { 'data-repository': one.id },
    make('div', { class: 'split' },
      make('strong', {}, one.name),
      mayChange(workspace) ? action('Forget', {}, forget) : null),
    make('div', { class: 'quiet' }, one.url),
    make('ul', { class: 'quiet refs' }, one.refs.map((ref) => make('li', {}, refText(ref)))),
    one.refs.some((ref) => ref.indexed_commit)
      ? null : make('p', { class: 'quiet waiting' }, 'The first index is under way.'));
}

async function connect(workspace, body) {
  const made = await call('POST', root(workspace) + '/repositories', body);
  tell(made.name + ' is connected. Its first index begins.');
  await repositoriesView(workspace);
  if (!made.webhook.is_set_up) {
    byID('repositories').before(webhookNote(made));
  }
}

function webhookNote(made) {
  return make('section', { class: 'webhook', 'aria-label': 'Webhook' },
    make('h2', {}, 'Webhook of ' + made.name),
    make('p', {}, 'To follow each push at once, add a webhook with these values where the ' +
      'repository lies. The secret is shown only now.'),
    make('dl', {},
      make('dt', {}, 'URL'), make('dd', {}, make('code', {}, made.webhook.url)),
      make('dt', {}, 'Secret'), make('dd', {}, make('code', {}, made.webhook.secret)),
      make('dt', {}, 'Content type'), make('dd', {}, make('code', {}, 'application/json'))));
}

async function repositoriesView(workspace) {
  const page = await call('GET', root(workspace) + '/repositories?limit=200');
  if (place().workspace !== workspace || place().view !== 'repositories') return;
  const add = (values) => {
    const body = { url: values.url };
    if (values.name) body.name = values.name;
    if (values.token) body.credentials = { token: values.token };
    return connect(workspace, body);
  };
  show('Repositories',
    make('h2', {}, 'Repositories'),
    make('ul', { class: 'plain', id: 'repositories' },
      page.repositories.map((one) => repositoryItem(workspace, one))),
    page.repositories.length ? null : make('p', {}, 'None is connected yet.'),
    make('section', { id: 'jobs', 'aria-label': 'Work under way' }),
    state.isLocal || !mayChange(workspace) ? null : make('section', { id: 'github' }),
    !mayChange(workspace) ? null : make('h2', {}, 'Connect any git repository'),
    !mayChange(workspace) ? null : form({ class: 'row', id: 'connect' }, add,
      field('Address', {
        name: 'url', required: true, wide: true, placeholder: 'https://git.example/team/shop.git',
      }),
      field('Name, if you like', { name: 'name' }),
      field('Token, if it is private', { name: 'token', type: 'password', autocomplete: 'off' }),
      make('button', { class: 'primary' }, 'Connect')));
  showJobs();
  if (byID('github')) await githubSection(workspace);
}

// ---- GitHub ----------------------------------------------------------------------------------

async function githubSection(workspace) {
  const section = byID('github');
  const begin = async () => {
    const started = await call('GET',
      '/v1/auth/github/start?' + new URLSearchParams({ workspace }));
    location.assign(started.url);
  };
  let account = null;
  try {
    account = await call('GET', root(workspace) + '/github');
  } catch (error) {
    if (error.status === 503) {
      section.replaceChildren(make('p', { class: 'quiet' }, error.message));
      return;
    }
    if (error.status !== 404) throw error;
  }
  if (!account) {
    section.replaceChildren(
      make('h2', {}, 'GitHub'),
      make('p', {}, 'Connect an account to pick repositories from it. It is asked to let gitdex ' +
        'read repositories and set up their webhooks.'),
      action('Connect GitHub', { class: 'primary', id: 'connect-github' }, begin));
    return;
  }
  const forget = async () => {
    await call('DELETE', root(workspace) + '/github');
    await githubSection(workspace);
  };
  const list = make('ul', { class: 'plain', id: 'github-repositories' });
  const more = make('p', {});
  const load = async (search, cursor) => {
    const query = new URLSearchParams();
    if (search) query.set('q', search);
    if (cursor) query.set('cursor', cursor);
    const page = await call('GET', root(workspace) + '/github/repositories?' + query);
    if (!cursor) list.replaceChildren();
    for (const one of page.repositories) list.append(githubItem(workspace, one));
    more.replaceChildren();
    if (page.next_cursor) {
      more.append(action('More', {}, () => load(search, page.next_cursor)));
    }
  };
  section.replaceChildren(
    make('h2', {}, 'GitHub'),
    make('p', { class: 'split' },
      make('span', {}, 'Connected as ' + account.login +
        (account.is_valid ? '' : ', but GitHub no longer takes its token: connect it again')),
      account.is_valid ? null : action('Connect again', { class: 'primary' }, begin),
      action('Disconnect', {}, forget)),
    form({ class: 'row', id: 'github-search' }, (values) => load(values.q),
      field('Find a repository', { name: 'q', type: 'search', wide: true }),
      make('button', {}, 'Find')),
    list, more);
  if (account.is_valid) await load('');
}

function githubItem(workspace, one) {
  return make('li', { class: 'split' },
    make('span', {}, one.full_name + (one.private ? ' (private)' : '')),
    action('Connect', { 'aria-label': 'Connect ' + one.full_name }, () => connect(workspace,
      { url: one.clone_url, provider: 'github' })));
}

// ---- Events ----------------------------------------------------------------------------------

// Read with fetch rather than EventSource, which cannot say who asks: so no token stands in a URL
// and no cookie opens a workspace.
function follow(workspace) {
  if (state.events && state.events.workspace === workspace) return;
  stopEvents();
  const control = new AbortController();
  state.events = { workspace, control };
  readEvents(workspace, control.signal);
}

function stopEvents() {
  if (state.events) state.events.control.abort();
  state.events = null;
  state.jobs.clear();
}

async function readEvents(workspace, signal) {
  let last = '';
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  while (!signal.aborted) {
    try {
      const headers = { Accept: 'text/event-stream' };
      if (state.token) headers.Authorization = 'Bearer ' + state.token;
      if (last) headers['Last-Event-ID'] = last;
      const response = await fetch(root(workspace) + '/events',
        { headers, signal, cache: 'no-store', credentials: 'same-origin' });
      if (response.status === 401 && !(await refresh())) { signedOut(); return; }
      if (!response.ok) { await pause(5000); continue; }
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        const parts = (rest + value).split('\n\n');
        rest = parts.pop();
        for (const part of parts) last = take(workspace, part) || last;
      }
    } catch (error) {
      if (signal.aborted) return;
    }
    await pause(2000);
  }
}

function take(workspace, text) {
  let id = '';
  let kind = '';
  const data = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('id: ')) id = line.slice(4);
    else if (line.startsWith('event: ')) kind = line.slice(7);
    else if (line.startsWith('data: ')) data.push(line.slice(6));
  }
  if (!data.length) return id;
  const event = JSON.parse(data.join('\n'));
  if (kind === 'job') {
    if (event.state === 'waiting' || event.state === 'running') state.jobs.set(event.id, event);
    else state.jobs.delete(event.id);
    if (event.state === 'failed') tell('A job failed: ' + event.kind);
    showJobs();
  } else if (kind === 'index') {
    soon(workspace);
  }
  return id;
}

let renewal = null;
function soon(workspace) {
  clearTimeout(renewal);
  renewal = setTimeout(async () => {
    if (place().workspace !== workspace || place().view !== 'repositories') return;
    try {
      const page = await call('GET', root(workspace) + '/repositories?limit=200');
      const list = byID('repositories');
      if (list) {
        list.replaceChildren(...page.repositories.map((one) => repositoryItem(workspace, one)));
      }
      tell('The index has moved on.');
    } catch (error) {
      complain(error);
    }
  }, 200);
}

function showJobs() {
  const section = byID('jobs');
  if (!section) return;
  section.replaceChildren(...[...state.jobs.values()].map((job) => {
    const progress = job.progress || {};
    const ref = typeof job.ref === 'string' ? ' ' + job.ref : '';
    const text = job.kind + ref + ': ' + job.state +
      (progress.total ? ', ' + progress.done + ' of ' + progress.total : '');
    return make('div', { class: 'job' }, make('label', {}, text,
      make('progress', progress.total ? { value: progress.done, max: progress.total } : {})));
  }));
}

// ---- Search ----------------------------------------------------------------------------------

const modes = [
  ['hybrid', 'Everything'], ['semantic', 'By meaning'], ['lexical', 'By words'],
  ['symbol', 'By name'], ['regex', 'Regular expression'],
];

async function searchView(workspace, query) {
  const look = (values) => {
    const wanted = {};
    for (const key of ['q', 'repo', 'lang', 'path', 'mode']) {
      if (values[key] && !(key === 'mode' && values[key] === 'hybrid')) wanted[key] = values[key];
    }
    const next = address(workspace, 'search', wanted);
    if (location.hash === next) return render();
    location.hash = next;
  };
  const value = (name) => query.get(name) || '';
  const results = make('section', { id: 'results', 'aria-label': 'Results' });
  show('Search',
    make('h2', {}, 'Search'),
    form({ class: 'row', id: 'search', role: 'search' }, look,
      field('What are you looking for?', {
        name: 'q', type: 'search', value: value('q'), required: true, wide: true, maxlength: 1024,
      }),
      field('Repository', { name: 'repo', value: value('repo') }),
      field('Language', { name: 'lang', value: value('lang') }),
      field('Path, such as src/**', { name: 'path', value: value('path') }),
      choice('How', 'mode', modes, value('mode') || 'hybrid'),
      make('button', { class: 'primary' }, 'Search')),
    results);
  if (!query.get('q')) {
    document.querySelector('#search input').focus();
    return;
  }
  await moreResults(workspace, query, results, null);
}

async function moreResults(workspace, query, results, cursor) {
  const asked = new URLSearchParams(query);
  asked.set('limit', '20');
  if (cursor) asked.set('cursor', cursor);
  const found = await call('GET', root(workspace) + '/search?' + asked);
  results.querySelector('.more')?.remove();
  for (const one of found.results) results.append(resultItem(workspace, one));
  if (!cursor) {
    tell(found.results.length
      ? found.results.length + ' places in ' + Math.round(found.took_ms) + ' ms'
      : 'Nothing was found.');
  }
  if (found.next_cursor) {
    results.append(make('p', { class: 'more' }, action('More', {}, () =>
      moreResults(workspace, query, results, found.next_cursor))));
  }
}

// An issue, a pull request or the like, which is read where it was written.
function itemResult(one) {
  const title = one.title || one.path;
  const link = /^https?:\/\//.test(one.url)
    ? make('a', { href: one.url, rel: 'noopener noreferrer' }, title) : title;
  return make('article', { class: 'result' },
    make('h3', {}, link),
    make('div', { class: 'quiet' }, one.repository + ' · ' + one.kind +
      (one.number ? ' #' + one.number : '') + (one.state ? ' · ' + one.state : '')),
    make('pre', {}, make('code', {}, one.snippet)));
}

function resultItem(workspace, one) {
  if (one.url !== undefined) return itemResult(one);
  const target = address(workspace, 'file', {
    repo: one.repository, path: one.path, ref: one.commit, from: one.start_line, to: one.end_line,
  });
  return make('article', { class: 'result' },
    make('h3', {}, make('a', { href: target },
      one.path + ':' + one.start_line + (one.symbol ? ' ' + one.symbol : ''))),
    make('div', { class: 'quiet' }, one.repository + ' · ' + one.language + ' · ' +
      one.ref.replace(/^refs\/(heads|tags)\//, '')),
    make('pre', {}, make('code', {}, one.snippet)));
}

// ---- A file ----------------------------------------------------------------------------------

async function fileView(workspace, query) {
  const path = query.get('path') || '';
  const [from, to] = [Number(query.get('from')), Number(query.get('to'))];
  const ref = query.get('ref');
  const file = await call('GET', root(workspace) + '/repositories/' +
    encodeURIComponent(query.get('repo') || '') + '/files/' +
    path.split('/').map(encodeURIComponent).join('/') +
    (ref ? '?' + new URLSearchParams({ ref }) : ''));
  const lines = file.content.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const block = make('pre', { class: 'lines', tabindex: '0', 'aria-label': file.path },
    lines.map((line, index) => make('span', {
      'data-line': index + 1,
      class: index + 1 >= from && index + 1 <= to ? 'marked' : undefined,
    }, line)));
  show(file.path,
    make('p', {}, action('Back', {}, () => history.back())),
    make('h2', {}, file.path),
    make('p', { class: 'quiet' }, file.repository + ' · ' + file.language + ' · ' + file.lines +
      ' lines · ' + file.ref.replace(/^refs\/(heads|tags)\//, '') + ' at ' +
      file.commit.slice(0, 10)),
    block);
  block.querySelector('.marked')?.scrollIntoView({ block: 'center' });
}

// ---- The beginning ---------------------------------------------------------------------------

async function begin() {
  byID('sign-out').addEventListener('click', async () => {
    try { await call('POST', '/v1/auth/logout', {}); } catch { /* It is over here anyway. */ }
    signedOut();
  });
  window.addEventListener('hashchange', render);
  try {
    const response = await send('GET', '/v1/workspaces');
    if (response.ok) {
      state.isLocal = true;
      state.workspaces = (await response.json()).workspaces;
    } else if (await refresh()) {
      await loadMe();
    }
  } catch (error) {
    complain(error);
  }
  await render();
}

begin();
