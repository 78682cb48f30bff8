"use strict";
exports.id = 914;
exports.ids = [914];
exports.modules = {

/***/ 8914:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readEvent: () => (/* binding */ readEvent),
/* harmony export */   reasonForNone: () => (/* binding */ reasonForNone),
/* harmony export */   refuseUntrusted: () => (/* binding */ refuseUntrusted),
/* harmony export */   untrusted: () => (/* binding */ untrusted)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6235);
/* harmony import */ var _risky_events_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8872);



const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
const at = (payload, ...keys) => keys.reduce((value, key) => (isObject(value) ? value[key] : undefined), payload);
function origin(payload) {
    const pull = at(payload, 'pull_request');
    const run = at(payload, 'workflow_run');
    const head = isObject(pull) ? at(pull, 'head', 'repo') : at(run, 'head_repository');
    const base = text(isObject(pull) ? at(pull, 'base', 'repo', 'full_name') : at(payload, 'repository', 'full_name'));
    if (base === undefined || (!isObject(pull) && !isObject(run)))
        return undefined;
    if (head === null)
        return { fork: true, deleted: true };
    const name = text(at(head, 'full_name'));
    return name === undefined ? undefined : { fork: name.toLowerCase() !== base.toLowerCase(), deleted: false };
}
const WITHOUT_SECRETS = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];
const WITHOUT_SECRETS_FOR_DEPENDABOT = [
    ...WITHOUT_SECRETS,
    'push',
    'create',
    'deployment',
    'deployment_status',
    'pull_request_target',
];
const DEPENDABOT = 'dependabot[bot]';
const SKIP = 'set `on-missing: skip` and let later steps ask for `available`';
function reasonForNone(event) {
    const byDependabot = event.actor === DEPENDABOT || at(event.payload, 'pull_request', 'user', 'login') === DEPENDABOT;
    if (WITHOUT_SECRETS.includes(event.name) && origin(event.payload)?.fork) {
        return {
            cause: 'fork',
            what: 'GitHub hands no secrets to a run that a pull request from a fork started',
            fix: `Let the step run only where there is a secret: ${SKIP}; or give such runs a database of their own, for example a service container.`,
        };
    }
    if (WITHOUT_SECRETS_FOR_DEPENDABOT.includes(event.name) && byDependabot) {
        return {
            cause: 'dependabot',
            what: 'GitHub hands Dependabot\u2019s runs none of the repository\u2019s Actions secrets',
            fix: `Add the secret under Settings \u2192 Secrets and variables \u2192 Dependabot too; or ${SKIP}.`,
        };
    }
    return {
        cause: 'unknown',
        what: 'the secret is empty in this run',
        fix: 'Look at the name of the secret (GitHub gives an empty value for one that does not exist), at `environment:` of the job ' +
            'if the secret belongs to an environment, and, in a reusable workflow, at `secrets:` of its caller, which has to pass it ' +
            'on or to say `secrets: inherit`.',
    };
}
function untrusted(event) {
    if (!_risky_events_js__WEBPACK_IMPORTED_MODULE_2__/* .RISKY_EVENTS */ .x.includes(event.name))
        return undefined;
    const from = origin(event.payload);
    if (from === undefined)
        return 'and its event does not say whose code it is about';
    if (!from.fork)
        return undefined;
    return from.deleted ? 'for a fork that has been deleted since' : 'for the code of a fork';
}
async function readEvent(environment = process.env) {
    const bare = { name: environment.GITHUB_EVENT_NAME ?? '', actor: environment.GITHUB_ACTOR ?? '' };
    try {
        if (!isObject(JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(environment.GITHUB_EVENT_PATH ?? '', 'utf8'))))
            return bare;
        const { context } = await __webpack_require__.e(/* import() */ 942).then(__webpack_require__.bind(__webpack_require__, 9942));
        return { ...bare, payload: context.payload };
    }
    catch {
        return bare;
    }
}
async function refuseUntrusted(environment = process.env) {
    const why = untrusted(await readEvent(environment));
    if (why !== undefined)
        throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_1__/* .Problem */ .A('untrusted-event', { event: environment.GITHUB_EVENT_NAME ?? '', why });
}


/***/ })

};
;