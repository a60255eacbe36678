import type { Sources } from './program.ts'

export const fortran: Sources = {
  greets: "program main\n  implicit none\n  print '(a)', 'Hello, World!'\nend program",
  echoes:
    "program main\n  implicit none\n  character :: c\n  integer :: status\n  open (10, file='/dev/stdin', access='stream', form='unformatted', action='read')\n  open (11, file='/dev/stdout', access='stream', form='unformatted', action='write')\n  do\n    read (10, iostat=status) c\n    if (status /= 0) exit\n    write (11) c\n  end do\nend program",
  isBroken: 'program main\n  implicit none\n  nothing\nend program',
  exitsWith3: 'program main\n  implicit none\n  stop 3\nend program',
  loops: 'program main\n  implicit none\n  integer, volatile :: i\n  i = 0\n  do while (i == 0)\n  end do\nend program',
  sleeps: 'program main\n  implicit none\n  call sleep(600)\nend program',
  hogsMemory:
    'program main\n  implicit none\n  integer(1), pointer :: kept(:)\n  do\n    allocate (kept(10000000))\n    kept = 1\n    if (kept(5) == 2) print *, kept(6)\n  end do\nend program',
}
