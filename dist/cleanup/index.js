import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/runner/remove-private-files.js


const FOLDER_PREFIX = 'neon-connect-';
const FOLDER_STATE = 'folder';
const FOLDER_NAME = /^neon-connect-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
function removePrivateFiles(environment) {
    const folder = environment[`STATE_${FOLDER_STATE}`] ?? '';
    const temp = environment.RUNNER_TEMP ?? '';
    if (folder === '' || temp === '' || !FOLDER_NAME.test(external_node_path_namespaceObject.basename(folder)))
        return false;
    try {
        const isOurs = external_node_path_namespaceObject.join((0,external_node_fs_namespaceObject.realpathSync)(temp), external_node_path_namespaceObject.basename(folder)) === (0,external_node_fs_namespaceObject.realpathSync)(folder) && (0,external_node_fs_namespaceObject.lstatSync)(folder).isDirectory();
        if (!isOurs)
            return false;
        (0,external_node_fs_namespaceObject.rmSync)(folder, { recursive: true, force: true });
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/cleanup.js

removePrivateFiles(process.env);

