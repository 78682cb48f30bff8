"use strict";
exports.id = 548;
exports.ids = [548];
exports.modules = {

/***/ 8548:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   envFile: () => (/* binding */ envFile),
/* harmony export */   envFilePath: () => (/* binding */ envFilePath),
/* harmony export */   readEnvFile: () => (/* binding */ readEnvFile),
/* harmony export */   writeEnvFile: () => (/* binding */ writeEnvFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6235);
/* harmony import */ var _unique_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6407);




const BEGIN = '# >>> neon-connect: written by the action, replaced by the next run';
const END = '# <<< neon-connect';
const isPlain = (value) => /^[A-Za-z0-9_.,:/@%+=?~-]+$/.test(value) && !/(?:^|[:=])~/.test(value);
const spelt = (value) => (/^[a-z][a-z0-9+.-]*:\/\//.test(value) ? value.replaceAll('~', '%7E') : value);
const INVALID = { input: 'env-file' };
function envFile(variables, existing) {
    const lines = [];
    const written = [];
    const leftOut = [];
    for (const [name, raw] of variables) {
        const value = spelt(raw);
        const line = isPlain(value) ? value : isPlain(value.replaceAll('&', '')) ? `'${value}'` : undefined;
        if (line === undefined)
            leftOut.push(name);
        else {
            lines.push(`${name}=${line}`);
            written.push(name);
        }
    }
    const rest = withoutBlock(existing ?? '');
    const taken = written.filter((name) => new RegExp(`^\\s*(?:export\\s+)?${name}\\s*[=:]`, 'm').test(rest));
    if (taken.length > 0) {
        throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_2__/* .Problem */ .A('invalid-input', {
            ...INVALID,
            what: `names a file that sets ${taken.map((name) => `\`${name}\``).join(', ')} itself`,
            fix: 'Remove those lines from the file, or name another file, such as `.env.local`.',
        });
    }
    const gap = rest === '' || rest.endsWith('\n') ? '' : '\n';
    return { content: `${rest}${gap}${[BEGIN, ...lines, END].join('\n')}\n`, written, leftOut };
}
function withoutBlock(content) {
    const begin = content.indexOf(BEGIN);
    const end = content.indexOf(END, Math.max(begin, 0));
    if (begin < 0 && end < 0)
        return content;
    if (begin < 0 || end < 0) {
        throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_2__/* .Problem */ .A('invalid-input', {
            ...INVALID,
            what: 'names a file in which only half of the block of an earlier run is left',
            fix: `Remove the line that begins with \`${begin < 0 ? END : BEGIN.slice(0, 18)}\` and what belongs to it, or name another file.`,
        });
    }
    const after = content.indexOf('\n', end);
    return content.slice(0, begin) + (after < 0 ? '' : content.slice(after + 1));
}
function envFilePath(file, environment = process.env) {
    const refuse = (what, fix) => {
        throw new _problems_index_js__WEBPACK_IMPORTED_MODULE_2__/* .Problem */ .A('invalid-input', { ...INVALID, what, fix });
    };
    const workspace = environment.GITHUB_WORKSPACE || process.cwd();
    const absolute = node_path__WEBPACK_IMPORTED_MODULE_1___default().resolve(workspace, file);
    if (/[\0\r\n]/.test(file) || /[/\\]$/.test(file))
        refuse('does not name a file', 'Give a path such as `.env`.');
    const real = (folder) => {
        try {
            return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(folder);
        }
        catch {
            return undefined;
        }
    };
    const folder = real(node_path__WEBPACK_IMPORTED_MODULE_1___default().dirname(absolute));
    if (folder === undefined)
        return refuse('names a file in a folder that does not exist', 'Create the folder in an earlier step.');
    const roots = [workspace, environment.RUNNER_TEMP].map((root) => (root ? real(root) : undefined));
    if (!roots.some((root) => root !== undefined && (folder === root || folder.startsWith(root + (node_path__WEBPACK_IMPORTED_MODULE_1___default().sep))))) {
        refuse('leads out of the workspace', 'Give a path inside the workspace, or inside `runner.temp`.');
    }
    const within = (name) => folder.split((node_path__WEBPACK_IMPORTED_MODULE_1___default().sep)).includes(name) || node_path__WEBPACK_IMPORTED_MODULE_1___default().basename(absolute) === name;
    if (within('.git'))
        refuse('leads into `.git`', 'Give a path such as `.env`.');
    const target = node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, node_path__WEBPACK_IMPORTED_MODULE_1___default().basename(absolute));
    const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(target, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink())
        refuse('names a symbolic link', 'Name the file itself.');
    if (stat !== undefined && !stat.isFile())
        refuse('names something that is not a file', 'Give a path such as `.env`.');
    return target;
}
const readEnvFile = (target) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(target, { throwIfNoEntry: false }) === undefined ? undefined : (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(target, 'latin1');
function writeEnvFile(target, content) {
    const fresh = `${target}.${(0,_unique_js__WEBPACK_IMPORTED_MODULE_3__/* .unique */ .A)()}`;
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(fresh, 'wx', 0o600);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fchmodSync)(file, 0o600);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(file, Buffer.from(content, 'latin1'));
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(fresh, { force: true });
        throw error;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(file);
    }
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(fresh, target);
}


/***/ })

};
;