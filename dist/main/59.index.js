"use strict";
exports.id = 59;
exports.ids = [59];
exports.modules = {

/***/ 1059:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readEnvBlock: () => (/* binding */ readEnvBlock)
/* harmony export */ });
/* harmony import */ var _parameters_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8182);
/* harmony import */ var _given_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(825);
/* harmony import */ var _recognise_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4785);



const URLS = ['DATABASE_URL', 'POSTGRES_URL', 'DATABASE_URL_UNPOOLED', 'DIRECT_URL', 'POSTGRES_URL_NON_POOLING'];
const ENVIRONMENT = new Map(_parameters_js__WEBPACK_IMPORTED_MODULE_0__/* .PARAMETERS */ .z7.flatMap((parameter) => (parameter.env ? [[parameter.env, parameter.keyword]] : [])));
const readEnvBlock = async (text, read) => {
    const variables = new Map();
    for (const line of text.split(/\r\n|\r|\n/)) {
        if (/^\s*(#.*)?$/.test(line))
            continue;
        const [, name, value] = _recognise_js__WEBPACK_IMPORTED_MODULE_2__/* .ASSIGNMENT */ .EJ.exec(line) ?? [];
        if (name === undefined || value === undefined)
            throw (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .refuse */ .TR)('has a line that is not `NAME=value` among lines that are', _given_js__WEBPACK_IMPORTED_MODULE_1__/* .COPY_AGAIN */ .DI);
        variables.set(name, unquote(value.trim()));
    }
    const parts = (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .given */ .gI)();
    for (const [name, value] of variables) {
        const keyword = ENVIRONMENT.get(name);
        if (keyword !== undefined && value !== '')
            parts.parameters.set(keyword, value);
    }
    const urlName = chooseUrl(variables, parts.parameters.size > 0);
    const left = [...variables.keys()].filter((name) => name !== urlName && !ENVIRONMENT.has(name));
    const notices = [
        `\`connection-string\` was a list of variables; ${urlName === undefined ? 'the PG* ones were' : `\`${urlName}\` was`} taken.`,
        ...(left.length > 0 && urlName === undefined ? [`Left aside in \`connection-string\`: ${left.join(', ')}.`] : []),
    ];
    if (urlName === undefined) {
        if (parts.parameters.size === 0)
            throw (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .refuse */ .TR)('assigns variables, but none that holds a Postgres connection', _given_js__WEBPACK_IMPORTED_MODULE_1__/* .COPY_AGAIN */ .DI);
        return { ...parts, notices };
    }
    const said = await read(variables.get(urlName));
    for (const [keyword, value] of parts.parameters) {
        const other = said.parameters.get(keyword);
        if (other !== undefined && other !== value) {
            throw (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .refuse */ .TR)(`says two different things about \`${keyword}\`, in \`${urlName}\` and beside it`, 'Leave one of them out.');
        }
        said.parameters.set(keyword, value);
    }
    return { ...said, notices: [...notices, ...said.notices] };
};
const chooseUrl = (variables, hasParts) => {
    const filled = [...variables].filter(([, value]) => value !== '');
    const best = URLS.find((url) => filled.some(([name]) => name === url));
    if (best !== undefined)
        return best;
    const others = filled
        .filter(([name, value]) => (0,_recognise_js__WEBPACK_IMPORTED_MODULE_2__/* .isUrl */ .gU)(value) || (!hasParts && /(URL|URI|DSN)$/i.test(name)))
        .map(([name]) => name);
    if (others.length > 1 && !hasParts) {
        throw (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .refuse */ .TR)(`assigns several URLs (${others.join(', ')}) and none is called DATABASE_URL`, 'Give only the line of the connection that is meant.');
    }
    return hasParts ? undefined : others[0];
};
const unquote = (value) => {
    const text = value.replace(/;$/, '');
    const quote = text.charAt(0);
    if (quote !== '"' && quote !== "'" && quote !== '`')
        return value;
    return text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : value;
};


/***/ })

};
;