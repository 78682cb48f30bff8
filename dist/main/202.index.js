"use strict";
exports.id = 202;
exports.ids = [202];
exports.modules = {

/***/ 4202:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readPsqlCommand: () => (/* binding */ readPsqlCommand)
/* harmony export */ });
/* harmony import */ var _given_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(825);
/* harmony import */ var _recognise_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4785);


const OPTIONS = new Map([
    ['-h', 'host'],
    ['--host', 'host'],
    ['-p', 'port'],
    ['--port', 'port'],
    ['-U', 'user'],
    ['--username', 'user'],
    ['-d', 'dbname'],
    ['--dbname', 'dbname'],
]);
const readPsqlCommand = async (text, read) => {
    const prefix = _recognise_js__WEBPACK_IMPORTED_MODULE_1__/* .PSQL */ .DT.exec(text);
    const words = shellWords(text.slice(prefix[0].length));
    const parts = (0,_given_js__WEBPACK_IMPORTED_MODULE_0__/* .given */ .gI)();
    for (const assignment of shellWords(prefix[1] ?? '')) {
        if (assignment.startsWith('PGPASSWORD='))
            parts.parameters.set('password', assignment.slice('PGPASSWORD='.length));
    }
    const positional = [];
    for (let index = 0; index < words.length; index++) {
        const word = words[index];
        const [name, inline] = word.startsWith('--') ? splitOnce(word) : [word.slice(0, 2), word.slice(2)];
        const keyword = OPTIONS.get(name);
        if (keyword !== undefined) {
            const value = inline || words[++index];
            if (value !== undefined)
                parts.parameters.set(keyword, value);
        }
        else if (/^(-[cfvoFPR]|--(command|file|variable|set|output))$/.test(word))
            index++;
        else if (!word.startsWith('-'))
            positional.push(word);
    }
    const [first, second] = positional;
    if (first !== undefined && !parts.parameters.has('dbname'))
        parts.parameters.set('dbname', first);
    if (second !== undefined && !parts.parameters.has('user'))
        parts.parameters.set('user', second);
    const database = parts.parameters.get('dbname');
    const notices = ['`connection-string` was a `psql` command; the connection was taken out of it.'];
    if (database !== undefined && /:\/\/|=/.test(database)) {
        const inner = await read(database);
        parts.parameters.delete('dbname');
        for (const [keyword, value] of parts.parameters)
            if (!inner.parameters.has(keyword))
                inner.parameters.set(keyword, value);
        return { ...inner, notices: [...notices, ...inner.notices] };
    }
    if (parts.parameters.size === 0)
        throw (0,_given_js__WEBPACK_IMPORTED_MODULE_0__/* .refuse */ .TR)('is a `psql` command that names no connection', _given_js__WEBPACK_IMPORTED_MODULE_0__/* .COPY_AGAIN */ .DI);
    for (const [keyword, value] of parts.parameters)
        if (value === '')
            parts.parameters.delete(keyword);
    return { ...parts, notices };
};
const splitOnce = (word) => {
    const at = word.indexOf('=');
    return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
};
const shellWords = (text) => {
    const words = [];
    let word;
    for (let i = 0; i < text.length; i++) {
        const c = text.charAt(i);
        if (c === "'") {
            const end = text.indexOf("'", i + 1);
            word = (word ?? '') + text.slice(i + 1, end < 0 ? undefined : end);
            i = end < 0 ? text.length : end;
        }
        else if (c === '"') {
            word ??= '';
            for (i++; i < text.length && text.charAt(i) !== '"'; i++) {
                if (text.charAt(i) === '\\' && '$`"\\'.includes(text.charAt(i + 1)))
                    i++;
                word += text.charAt(i);
            }
        }
        else if (c === '\\' && i + 1 < text.length)
            word = (word ?? '') + text.charAt(++i);
        else if (/\s/.test(c)) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
        }
        else
            word = (word ?? '') + c;
    }
    if (word !== undefined)
        words.push(word);
    return words;
};


/***/ })

};
;