// Command client goes through root-token ceremonies with Vault's own Go client, as a team would that automates the
// online side with it. It prints what each step gave, as JSON, for the test to look at.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	vault "github.com/hashicorp/vault/api"
)

// task comes on standard input.
type task struct {
	Address   string   `json:"address"`
	Shares    []string `json:"shares"` // a quorum
	Wrong     string   `json:"wrong"`  // a share that is none
	OTP       string   `json:"otp"`
	PGPKey    string   `json:"pgpKey"`
	RootToken string   `json:"rootToken"`
}

type report struct {
	Health     *vault.HealthResponse              `json:"health"`
	SealStatus *vault.SealStatusResponse          `json:"sealStatus"`
	Before     *vault.GenerateRootStatusResponse  `json:"before"`
	OTP        []vault.GenerateRootStatusResponse `json:"otp"`
	PGP        []vault.GenerateRootStatusResponse `json:"pgp"`
	Cancelled  *vault.GenerateRootStatusResponse  `json:"cancelled"`
	Errors     map[string]refused                 `json:"errors"`
	Token      tokenReport                        `json:"token"`
}

// refused is what the client made of an error.
type refused struct {
	Status int      `json:"status"`
	Errors []string `json:"errors"`
}

type tokenReport struct {
	Created  map[string]any `json:"created"`
	Self     map[string]any `json:"self"`
	Accessor map[string]any `json:"accessor"`
	Listed   bool           `json:"listed"`
}

func main() {
	var t task
	if err := json.NewDecoder(os.Stdin).Decode(&t); err != nil {
		fail(err)
	}
	config := vault.DefaultConfig()
	if config.Error != nil {
		fail(config.Error)
	}
	config.Address = t.Address
	config.MaxRetries = 0
	client, err := vault.NewClient(config)
	if err != nil {
		fail(err)
	}
	client.ClearToken()
	r := &report{Errors: map[string]refused{}}
	if err := ceremonies(client, t, r); err != nil {
		fail(err)
	}
	if err := tokens(client, t, r); err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// refusal notes an error that a step must end with.
func (r *report) refusal(step string, err error) error {
	response, ok := err.(*vault.ResponseError)
	if !ok {
		return fmt.Errorf("%s: want an answer with an error, got %v", step, err)
	}
	r.Errors[step] = refused{Status: response.StatusCode, Errors: response.Errors}
	return nil
}
