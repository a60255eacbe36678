/** What one run leaves and the next looks for, in Perl. `look` prints what it finds: nothing, where nothing was carried over. */
export type CarryOver = Readonly<{ what: string; leave: string; look: string }>

const places = '("/box", "/tmp", "/dev/shm", "/dev/mqueue")'
const listAll = `for my $d ${places} { opendir my $h, $d or die; print "$d/$_ " for grep { !/^(\\.\\.?|main.sh)$/ } readdir $h }`
const countProcesses = 'my $n = grep { m|/\\d+$| } glob "/proc/*"; print "$n processes" if $n != 2'
const listSockets = 'open my $f, "<", "/proc/net/unix"; <$f>; print <$f>'

export const carryOvers: ReadonlyArray<CarryOver> = [
  {
    what: 'files in every place that can be written to',
    leave: `for my $d ${places} { for my $n ("plain", ".hidden", "-rf", "two\\nlines", "n" x 255) { open my $f, ">", "$d/$n" or $d =~ /mqueue/ or die "$d/$n: $!" } }`,
    look: listAll,
  },
  {
    what: 'files that are deleted and still open in a process that stays',
    leave: `open my $f, "+>", "/tmp/kept"; unlink "/tmp/kept"; syswrite $f, "x" x 1000000; if (!fork) { sleep 100 }`,
    look: 'print `df -k /tmp | tail -1 | tr -s " " | cut -d" " -f3` =~ /^0$/ ? "" : "room is taken"',
  },
  {
    what: 'a tree deeper than any path is long',
    leave:
      'my $name = "d" x 255; for my $top ("/box", "/tmp", "/dev/shm") { chdir $top; for (1 .. 400) { mkdir $name or die; chdir $name or die } open my $f, ">", "deepest" or die }',
    look: listAll,
  },
  {
    what: 'a wide tree whose names are those the cleaner would give',
    leave:
      'for my $top ("/box", "/tmp") { for my $i (0 .. 60) { mkdir "$top/$i"; for my $j (0 .. 9) { mkdir "$top/$i/$j"; mkdir "$top/$i/$j/x"; open my $f, ">", "$top/$i/$j/x/f" or die } } }',
    look: listAll,
  },
  {
    what: 'trees locked, sticky, set-id and linked',
    leave: `for my $top ("/box", "/tmp", "/dev/shm") { mkdir "$top/a"; mkdir "$top/a/b"; mkdir "$top/a/b/c"; open my $f, ">", "$top/a/b/c/f" or die;
      symlink "/", "$top/a/root"; symlink "..", "$top/a/b/up"; symlink "/nowhere", "$top/dangling"; link "$top/a/b/c/f", "$top/hard" or die;
      chmod 0400, "$top/a/b/c/f"; chmod 07000, "$top/a/b/c"; chmod 01000, "$top/a/b"; chmod 0, "$top/a" }`,
    look: listAll,
  },
  {
    what: 'FIFOs and sockets with a name',
    leave:
      'use Socket; use POSIX; for my $top ("/box", "/tmp", "/dev/shm") { mkfifo("$top/fifo", 0700) or die; socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die; bind($s, sockaddr_un("$top/socket")) or die }',
    look: listAll,
  },
  {
    what: 'daemons, stopped ones and those that hear no signal',
    leave: `use POSIX; $SIG{$_} = "IGNORE" for qw(TERM INT HUP QUIT); for (1 .. 3) { if (!fork) { setsid; if (!fork) { setsid; close STDOUT; close STDERR; sleep 100 } exit } }
      if (!fork) { kill "STOP", $$; sleep 100 } if (!fork) { 1 while 1 }`,
    look: countProcesses,
  },
  {
    what: 'a family that forks on while it is killed',
    leave: 'if (!fork) { for (;;) { defined(my $child = fork) or next; exit if $child } }',
    look: countProcesses,
  },
  {
    what: 'System V memory, semaphores and queues',
    leave:
      'for my $key (1 .. 20) { my $m = shmget($key, 4096, 01000); my $q = msgget($key, 01600); my $s = semget($key, 3, 01000); defined $m && defined $q && defined $s or die $!; msgsnd($q, pack("l! a*", 1, "secret"), 0) or die $! }',
    look: 'for my $t ("shm", "sem", "msg") { open my $f, "<", "/proc/sysvipc/$t"; <$f>; print $_ while <$f> } print "key" if defined shmget(1, 0, 0) || defined msgget(1, 0) || defined semget(1, 0, 0)',
  },
  {
    what: 'System V memory attached by a process that stays',
    leave: 'my $m = shmget(77, 4096, 01600); shmwrite($m, "secret", 0, 6) or die; if (!fork) { sleep 100 }',
    look: 'open my $f, "<", "/proc/sysvipc/shm"; <$f>; print <$f>',
  },
  {
    what: 'POSIX queues, memory and semaphores',
    leave:
      'use Fcntl; for my $f ("/dev/mqueue/queue", "/dev/shm/memory", "/dev/shm/sem.name") { sysopen(my $h, $f, O_CREAT | O_RDWR, 0) or die "$f: $!" }',
    look: listAll,
  },
  {
    what: 'a socket with an abstract name',
    leave:
      'use Socket; socket(my $s, PF_UNIX, SOCK_DGRAM, 0); bind($s, pack("S a*", AF_UNIX, "\\0mailbox")) or die; if (!fork) { sleep 100 }',
    look: `${listSockets}; use Socket; socket(my $s, PF_UNIX, SOCK_DGRAM, 0); bind($s, pack("S a*", AF_UNIX, "\\0mailbox")) or print "taken"`,
  },
  {
    what: 'a socket on its way to itself, that nobody holds',
    leave: `use Socket; socketpair(my $a, my $b, PF_UNIX, SOCK_STREAM, 0) or die; bind($a, pack("S a*", AF_UNIX, "\\0adrift")) or die;
      my $data = "x"; my $iov = pack("P Q", $data, 1); my $rights = pack("Q i i i x4", 20, 1, 1, fileno $a);
      my $message = pack("Q L x4 P Q P Q i x4", 0, 0, $iov, 1, $rights, 24, 0); syscall(46, fileno $b, $message, 0) == 1 or die $!`,
    look: listSockets,
  },
  {
    what: 'what is noted on a directory itself',
    leave:
      'my $name = "user.note"; my $value = "secret"; my $top = "/box"; syscall(188, $top, $name, $value, 6, 0); utime 1, 1, "/box", "/tmp"; chmod 0777, "/box", "/tmp"',
    look: `my $top = "/box"; my $names = "\\0" x 64; my $size = syscall(194, $top, $names, 64); print "noted" if $size > 0 && $names =~ /user/;
      printf "%o ", (stat)[2] & 07777 for grep { ((stat)[2] & 07777) != ($_ eq "/tmp" ? 01777 : 0770) } "/box", "/tmp"; print "old" if (stat "/box")[9] == 1`,
  },
  {
    what: 'limits, mask, folder and priority',
    leave:
      'umask 0; chdir "/tmp"; setpgrp; setpriority(0, 0, 19); my $limit = pack("Q Q", 16, 16); syscall(160, $_, $limit) for 0, 1, 3, 4, 7; %ENV = (LEFT => 1); local $SIG{ALRM} = "IGNORE"; alarm 1',
    look: 'open my $f, "<", "/proc/self/limits"; while (<$f>) { print if /open files/ && !/1024/; print if /Max file size/ && !/268435456/ } print "umask" if umask != 022; print "nice" if getpriority(0, 0) != 10; use Cwd; print "cwd" if cwd ne "/box"; print "env" if $ENV{LEFT}',
  },
  {
    what: 'a changed source',
    leave:
      'unlink "main.sh"; open my $f, ">", "main.sh"; print $f "print q(changed)"; close $f; chmod 0555, "main.sh"; mkdir "lib"; symlink "/etc/passwd", "input"',
    look: listAll,
  },
  {
    what: 'keys of the kernel',
    leave:
      'my $type = "user"; my $name = "note"; my $value = "secret"; syscall(248, $type, $name, $value, 6, $_) for -3, -4, -5',
    look: 'my $type = "user"; my $name = "note"; print "found" if syscall(249, $type, $name, 0, -3) >= 0',
  },
]
