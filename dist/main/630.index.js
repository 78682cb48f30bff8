"use strict";
exports.id = 630;
exports.ids = [630];
exports.modules = {

/***/ 9630:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   report: () => (/* binding */ report)
/* harmony export */ });
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6235);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5557);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4076);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(934);




const report = (error, environment = process.env) => {
    const docs = problemsPage(environment);
    if (!(error instanceof _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .A)) {
        const kind = error instanceof Error ? (error.code ?? error.name) : typeof error;
        const message = `Neon Connect failed in a way that it does not know (${kind.replace(/[^\w.-]/g, '')}). Please report it: that is a fault of the action.`;
        _log_js__WEBPACK_IMPORTED_MODULE_2__/* .error */ .z3({ title: 'Neon Connect failed', message });
        return 1;
    }
    const { title, message, fix, code, stage } = error;
    _log_js__WEBPACK_IMPORTED_MODULE_2__/* .error */ .z3({ title, message: `${message} ${fix} (${docs}#${code})` });
    if (code === 'cancelled')
        return 1;
    const text = (0,_summary_js__WEBPACK_IMPORTED_MODULE_3__/* .summary */ .z)([
        (0,_summary_js__WEBPACK_IMPORTED_MODULE_3__/* .problemSection */ .BX)({ title, message: _log_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutSecrets */ .cT(message), fix: _log_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutSecrets */ .cT(fix), code, stage }, docs),
    ]);
    try {
        const outputs = new Map([
            ['problem', code],
            ['stage', stage],
        ]);
        (0,_files_js__WEBPACK_IMPORTED_MODULE_1__/* .writeJob */ .Pg)({ outputs, summary: text }, environment);
    }
    catch {
    }
    return 1;
};
const problemsPage = (environment) => {
    const repository = environment.GITHUB_ACTION_REPOSITORY ?? '';
    const ref = environment.GITHUB_ACTION_REF ?? '';
    const server = environment.GITHUB_SERVER_URL ?? '';
    const known = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref) && /^https:\/\/[\w.:-]+$/.test(server);
    return known ? `${server}/${repository}/blob/${ref}/docs/problems.md` : 'docs/problems.md';
};


/***/ })

};
;