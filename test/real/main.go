// Command real serves a real Vault core, initialized and unsealed, in memory, for the tests.
//
// It prints one line of JSON, as `airlock rehearsal-server --json` does, and serves until it is
// interrupted or its standard input ends, so that it never outlives the test run that started it.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

type options struct {
	listen      string
	shares      int
	threshold   int
	clusterName string
	tlsDir      string
}

// announcement is what a test needs to play every role against the server.
type announcement struct {
	Address   string   `json:"address"`
	Shares    []string `json:"shares"` // hex
	Threshold int      `json:"threshold"`
	RootToken string   `json:"rootToken"`
	OTPLength int      `json:"otpLength"`
	CAFile    string   `json:"caFile,omitempty"`
}

func main() {
	var o options
	flag.StringVar(&o.listen, "listen", "127.0.0.1:0", "address to listen on")
	flag.IntVar(&o.shares, "shares", 5, "number of key shares")
	flag.IntVar(&o.threshold, "threshold", 3, "shares that make a quorum")
	flag.StringVar(&o.clusterName, "cluster-name", "real", "cluster name")
	flag.StringVar(&o.tlsDir, "tls", "", "serve TLS; write ca.pem, client.pem and client-key.pem here")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "real vault:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	core, made, err := unsealedCore(o)
	if err != nil {
		return err
	}
	defer core.ShutdownWait()

	listener, err := listen(o, &made)
	if err != nil {
		return err
	}
	defer listener.Close()

	failed := make(chan error, 1)
	go func() { failed <- serve(core, listener) }()
	if err := json.NewEncoder(os.Stdout).Encode(made); err != nil {
		return err
	}

	ended := make(chan os.Signal, 1)
	signal.Notify(ended, os.Interrupt, syscall.SIGTERM)
	orphaned := make(chan struct{})
	go func() {
		io.Copy(io.Discard, os.Stdin)
		close(orphaned)
	}()
	select {
	case err := <-failed:
		return err
	case <-ended:
	case <-orphaned:
	}
	return nil
}
