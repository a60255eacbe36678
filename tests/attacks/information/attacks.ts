import { expect } from 'vitest'
import { attack, type Scene } from '../attack.ts'
import { ends, success, tells, together } from '../steps.ts'
import { programsIn } from '../submission.ts'

const program = programsIn(import.meta.dirname)

const addresses = ['169.254.169.254', '8.8.8.8', '172.17.0.1', '10.0.0.1', '192.168.1.1']
const names = ['redis', 'mongo', 'gateway', 'host.docker.internal', 'example.com']
const none = '0000000000000000'
// SETGID, SETUID and KILL: what the runner keeps, out of reach of whoever has no new privileges.
const bounding = '00000000000000e0'

const expectedSecret = 'expected-and-told-to-no-program'
const expectingSecret = [{ expectedOutput: '[]' }, { expectedOutput: expectedSecret }]

const listening = tells(program('listens-to-neighbours.py'), '[]')

export const informationAttacks = [
  attack(
    'A37',
    'reading /proc, /sys and what is private on the host',
    tells(
      ({ secret }: Scene) => program('reads-secrets.py', { args: [secret] }),
      'processes [1]',
      "environment ['HOME', 'LANG', 'PATH', 'PYTHONDONTWRITEBYTECODE', 'PYTHONUTF8']",
    ),
  ),
  attack(
    'A38',
    "the daemon's socket and mounts of the host",
    // Docker's own files, of the container's folder.
    ends(program('finds-host.py'), {
      ...success,
      stdOutput: expect.stringMatching(/^(mounted \/etc\/(resolv\.conf|hostname|hosts) read-only\n)*$/),
    }),
  ),
  attack(
    'A39',
    "other users' submissions, expected outputs",
    tells(({ neighbourSecret }: Scene) => program('spies-on-others.py', { args: [neighbourSecret] }), '[]'),
    ends(program('spies-on-others.py', { args: [expectedSecret], tests: expectingSecret }), {
      tests: [
        { outcome: 'accepted', stdOutput: '[]\n' },
        { outcome: 'wrong_answer', stdOutput: '[]\n' },
      ],
    }),
  ),
  attack(
    'A40',
    'the network',
    tells(
      ({ url }: Scene) => program('calls-out.py', { args: [new URL(url).port] }),
      ...addresses.flatMap(address => [`tcp ${address} ENETUNREACH`, `udp ${address} ENETUNREACH`]),
      'tcp 2001:4860:4860::8888 ENETUNREACH',
      'udp fe80::1 ENETUNREACH',
      'broadcast ENETUNREACH',
      ...names.map(name => `name ${name} unresolved`),
      ...Array.from({ length: 5 }, () => 'localhost ECONNREFUSED'),
      'icmp refused',
      'raw EPERM',
      "interfaces ['lo']",
    ),
  ),
  attack(
    'A41',
    'sockets of other families',
    // AF_UNIX, AF_INET and AF_INET6 streams and datagrams; of netlink the route protocol, which lists interfaces.
    tells(
      program('odd-sockets.py'),
      '[(1, 1), (1, 2), (1, 3), (1, 5), (2, 1), (2, 2), (10, 1), (10, 2), (16, 2), (16, 3)]',
      'netlink [0]',
    ),
  ),
  attack(
    'A43',
    'set-id programs and capabilities',
    tells(
      program('gains-privileges.py'),
      'su is refused',
      'copy is the same',
      ...['setuid', 'setgid', 'setgroups', 'chown'].map(call => `${call} Operation not permitted`),
      'nice Permission denied',
      [none, none, none, none, bounding].join(' '),
    ),
  ),
  attack(
    'A47',
    'locks, leases and memory shared with a neighbour, allowances of a user spent',
    together(listening, listening),
    together(
      tells(program('spends-allowances.py', { args: ['spend'] }), 'True True'),
      tells(program('spends-allowances.py', { args: ['look'] }), 'True True'),
    ),
  ),
]
