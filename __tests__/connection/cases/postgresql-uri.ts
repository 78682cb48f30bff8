import { type Case, REFUSED } from './case.ts';

/**
 * The 63 cases of PostgreSQL 18's own test of connection URIs, src/interfaces/libpq/t/001_uri.pl, as data. The outcome of a case
 * is what PQconninfoParse gives. The strings are PostgreSQL's, under the PostgreSQL License:
 *
 * PostgreSQL Database Management System (also known as Postgres, formerly known as Postgres95)
 *
 * Portions Copyright (c) 1996-2025, PostgreSQL Global Development Group
 * Portions Copyright (c) 1994, The Regents of the University of California
 *
 * Permission to use, copy, modify, and distribute this software and its documentation for any purpose, without fee, and without a
 * written agreement is hereby granted, provided that the above copyright notice and this paragraph and the following two
 * paragraphs appear in all copies.
 *
 * IN NO EVENT SHALL THE UNIVERSITY OF CALIFORNIA BE LIABLE TO ANY PARTY FOR DIRECT, INDIRECT, SPECIAL, INCIDENTAL, OR CONSEQUENTIAL
 * DAMAGES, INCLUDING LOST PROFITS, ARISING OUT OF THE USE OF THIS SOFTWARE AND ITS DOCUMENTATION, EVEN IF THE UNIVERSITY OF
 * CALIFORNIA HAS BEEN ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 *
 * THE UNIVERSITY OF CALIFORNIA SPECIFICALLY DISCLAIMS ANY WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF
 * MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE. THE SOFTWARE PROVIDED HEREUNDER IS ON AN "AS IS" BASIS, AND THE UNIVERSITY
 * OF CALIFORNIA HAS NO OBLIGATIONS TO PROVIDE MAINTENANCE, SUPPORT, UPDATES, ENHANCEMENTS, OR MODIFICATIONS.
 */
// biome-ignore format: one case a line
export const POSTGRESQL_URI_CASES: readonly Case[] = [
  ['postgresql://uri-user:secret@host:12345/db', { user: 'uri-user', password: 'secret', dbname: 'db', host: 'host', port: '12345' }],
  ['postgresql://uri-user@host:12345/db', { user: 'uri-user', dbname: 'db', host: 'host', port: '12345' }],
  ['postgresql://uri-user@host/db', { user: 'uri-user', dbname: 'db', host: 'host' }],
  ['postgresql://host:12345/db', { dbname: 'db', host: 'host', port: '12345' }],
  ['postgresql://host/db', { dbname: 'db', host: 'host' }],
  ['postgresql://uri-user@host:12345/', { user: 'uri-user', host: 'host', port: '12345' }],
  ['postgresql://uri-user@host/', { user: 'uri-user', host: 'host' }],
  ['postgresql://uri-user@', { user: 'uri-user' }],
  ['postgresql://host:12345/', { host: 'host', port: '12345' }],
  ['postgresql://host:12345', { host: 'host', port: '12345' }],
  ['postgresql://host/db', { dbname: 'db', host: 'host' }],
  ['postgresql://host/', { host: 'host' }],
  ['postgresql://host', { host: 'host' }],
  ['postgresql://', {}],
  ['postgresql://?hostaddr=127.0.0.1', { hostaddr: '127.0.0.1' }],
  ['postgresql://example.com?hostaddr=63.1.2.4', { host: 'example.com', hostaddr: '63.1.2.4' }],
  ['postgresql://%68ost/', { host: 'host' }],
  ['postgresql://host/db?user=uri-user', { user: 'uri-user', dbname: 'db', host: 'host' }],
  ['postgresql://host/db?user=uri-user&port=12345', { user: 'uri-user', dbname: 'db', host: 'host', port: '12345' }],
  ['postgresql://host/db?u%73er=someotheruser&port=12345', { user: 'someotheruser', dbname: 'db', host: 'host', port: '12345' }],
  ['postgresql://host/db?u%7aer=someotheruser&port=12345', REFUSED],
  ['postgresql://host:12345?user=uri-user', { user: 'uri-user', host: 'host', port: '12345' }],
  ['postgresql://host?user=uri-user', { user: 'uri-user', host: 'host' }],
  ['postgresql://host?  user = uri-user & port  = 12345 ', { user: 'uri-user', host: 'host', port: '12345' }],
  ['postgresql://host?  user user  =  uri  & port = 12345 12 ', REFUSED],
  ['postgresql://host?  user  =  uri-user  & port = 12345 12 ', REFUSED],
  ['postgresql://host?', { host: 'host' }],
  ['postgresql://[::1]:12345/db', { dbname: 'db', host: '::1', port: '12345' }],
  ['postgresql://[::1]/db', { dbname: 'db', host: '::1' }],
  ['postgresql://[2001:db8::1234]/', { host: '2001:db8::1234' }],
  ['postgresql://[200z:db8::1234]/', { host: '200z:db8::1234' }],
  ['postgresql://[::1]', { host: '::1' }],
  ['postgres://', {}],
  ['postgres:///', {}],
  ['postgres:///db', { dbname: 'db' }],
  ['postgres://uri-user@/db', { user: 'uri-user', dbname: 'db' }],
  ['postgres://?host=/path/to/socket/dir', { host: '/path/to/socket/dir' }],
  ['postgresql://host?uzer=', REFUSED],
  ['postgre://', REFUSED],
  ['postgres://[::1', REFUSED],
  ['postgres://[]', REFUSED],
  ['postgres://[::1]z', REFUSED],
  ['postgresql://host?zzz', REFUSED],
  ['postgresql://host?value1&value2', REFUSED],
  ['postgresql://host?key=key=value', REFUSED],
  ['postgres://host?dbname=%XXfoo', REFUSED],
  ['postgresql://a%00b', REFUSED],
  ['postgresql://%zz', REFUSED],
  ['postgresql://%1', REFUSED],
  ['postgresql://%', REFUSED],
  ['postgres://@host', { host: 'host' }],
  ['postgres://host:/', { host: 'host' }],
  ['postgres://:12345/', { port: '12345' }],
  ['postgres://otheruser@?host=/no/such/directory', { user: 'otheruser', host: '/no/such/directory' }],
  ['postgres://otheruser@/?host=/no/such/directory', { user: 'otheruser', host: '/no/such/directory' }],
  ['postgres://otheruser@:12345?host=/no/such/socket/path', { user: 'otheruser', host: '/no/such/socket/path', port: '12345' }],
  ['postgres://otheruser@:12345/db?host=/path/to/socket', { user: 'otheruser', dbname: 'db', host: '/path/to/socket', port: '12345' }],
  ['postgres://:12345/db?host=/path/to/socket', { dbname: 'db', host: '/path/to/socket', port: '12345' }],
  ['postgres://:12345?host=/path/to/socket', { host: '/path/to/socket', port: '12345' }],
  ['postgres://%2Fvar%2Flib%2Fpostgresql/dbname', { dbname: 'dbname', host: '/var/lib/postgresql' }],
  ['postgresql://host?sslmode=disable', { host: 'host', sslmode: 'disable' }],
  ['postgresql://host?sslmode=prefer', { host: 'host', sslmode: 'prefer' }],
  ['postgresql://host?sslmode=verify-full', { host: 'host', sslmode: 'verify-full' }],
];
