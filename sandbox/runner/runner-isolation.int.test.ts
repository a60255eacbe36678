import { beforeAll, describe, expect, it } from 'vitest'
import { runnerImage } from './test-container.ts'
import { perl, sh } from './test-phase.ts'
import { runInContainer } from './test-run.ts'

describe('a program that tries its jailer', () => {
  let image = ''
  const told = async (argv: ReadonlyArray<string>) => (await runInContainer(image, { argv })).out.toString()
  beforeAll(async () => {
    image = await runnerImage()
  }, 600_000)

  it('has no privilege, no signal blocked, and goes first when memory runs out', async () => {
    const status = await told(sh('cat /proc/self/status; echo "Oom: $(cat /proc/self/oom_score_adj)"'))
    const none = '0000000000000000'
    const facts = Object.fromEntries(status.split('\n').map(line => line.split(/:\s*/)))
    expect(facts).toMatchObject({
      ...{ Uid: '60000\t60000\t60000\t60000', Gid: '65534\t65534\t65534\t65534', Groups: '' },
      ...{ CapInh: none, CapPrm: none, CapEff: none, CapAmb: none, NoNewPrivs: '1', Seccomp: '2' },
      ...{ SigBlk: none, SigIgn: none, Oom: '1000' },
    })
  })

  it('has three descriptors and no more', async () => {
    expect(await told(perl('print join ",", sort map { m|(\\d+)$| } grep { -p } glob "/proc/self/fd/*"'))).toBe('0,1,2')
  })

  it('leads a process group of its own in the session of the container, without core dumps', async () => {
    expect(await told(sh('ulimit -c; ulimit -n; cut -d" " -f5,6 /proc/self/stat | grep -c "^$$ 1\\$"'))).toBe(
      '0\n1024\n1\n',
    )
  })

  it('cannot become anyone else', async () => {
    expect(await told(perl('$! = 0; $> = 0; print "$>,"; $< = 0; print "$<,"; $) = "0 0"; print $)'))).toMatch(
      /^60000,60000,65534( 65534)?$/,
    )
  })

  it('can neither signal the runner nor open what it holds', async () => {
    const code = 'print kill(9, 1), opendir(my $d, "/proc/1/fd") || 0, open(my $f, "<", "/proc/1/mem") || 0'
    expect(await told(perl(code))).toBe('000')
  })

  it('kills only itself and its own when it kills everything', async () => {
    expect(await told(perl('kill "KILL", -1; print "alive"'))).toBe('alive')
  })
})
