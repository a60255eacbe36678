package main

// #cgo LDFLAGS: -Wl,-plugin,./evil.so
// #cgo CFLAGS: -fplugin=./evil.so
// int one(void) { return 1; }
import "C"
import "fmt"

//go:linkname runtimeExit os.runtime_beforeExit
func main() { fmt.Println(C.one()) }
