// Before every suite: tests read the problems that they expect (src/problems/all.ts).
import '../../src/problems/all.ts';
