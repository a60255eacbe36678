import type { Sources } from './program.ts'

export const sql: Sources = {
  greets: "SELECT 'Hello, World!';",
  echoes:
    'CREATE TABLE input (line);\n.mode ascii\n.separator "\\t" "\\n"\n.import /dev/stdin input\n.mode list\nSELECT line FROM input;',
  isBroken: 'SELECT FROM;',
  exitsWith3: 'SELECT 1;\n.exit 3',
  loops: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;',
  sleeps: '.system sleep 600',
  hogsMemory:
    'CREATE TABLE kept (bytes);\nWITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO kept SELECT randomblob(10000000) FROM n;',
}
