import type { Sources } from './program.ts'

export const ada: Sources = {
  greets: 'with Ada.Text_IO; use Ada.Text_IO;\nprocedure Main is\nbegin\n   Put_Line ("Hello, World!");\nend Main;',
  echoes:
    'with Ada.Text_IO; use Ada.Text_IO;\nprocedure Main is\nbegin\n   while not End_Of_File loop\n      declare\n         Line : constant String := Get_Line;\n      begin\n         if End_Of_File then Put (Line); else Put_Line (Line); end if;\n      end;\n   end loop;\n   New_Line;\nend Main;',
  isBroken: 'with Ada.Text_IO; use Ada.Text_IO;\nprocedure Main is\nbegin\n   return Nothing;\nend Main;',
  exitsWith3: 'with Ada.Command_Line;\nprocedure Main is\nbegin\n   Ada.Command_Line.Set_Exit_Status (3);\nend Main;',
  loops: 'with Ada.Text_IO; use Ada.Text_IO;\nprocedure Main is\nbegin\n   loop\n      null;\n   end loop;\nend Main;',
  sleeps: 'with Ada.Text_IO; use Ada.Text_IO;\nprocedure Main is\nbegin\n   delay 600.0;\nend Main;',
  hogsMemory:
    'procedure Main is\n   type Byte is mod 256;\n   type Bytes is array (Positive range <>) of Byte;\n   type Access_Bytes is access Bytes;\n   Kept : Access_Bytes;\nbegin\n   loop\n      Kept := new Bytes (1 .. 10_000_000);\n      Kept.all := (others => 1);\n   end loop;\nend Main;',
}
