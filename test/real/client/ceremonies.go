package main

import (
	"fmt"

	vault "github.com/hashicorp/vault/api"
)

// ceremonies makes a token by OTP and one by PGP, and starts attempts that come to nothing.
func ceremonies(client *vault.Client, t task, r *report) (err error) {
	sys := client.Sys()
	if r.Health, err = sys.Health(); err != nil {
		return err
	}
	if r.SealStatus, err = sys.SealStatus(); err != nil {
		return err
	}
	if r.Before, err = sys.GenerateRootStatus(); err != nil {
		return err
	}
	if r.OTP, err = attempt(sys, t.OTP, "", t.Shares); err != nil {
		return err
	}
	if r.PGP, err = attempt(sys, "", t.PGPKey, t.Shares); err != nil {
		return err
	}
	return refusals(sys, t, r)
}

// attempt gives the answers to the start and to every share.
func attempt(sys *vault.Sys, otp, pgpKey string, shares []string) ([]vault.GenerateRootStatusResponse, error) {
	begun, err := sys.GenerateRootInit(otp, pgpKey)
	if err != nil {
		return nil, fmt.Errorf("init: %w", err)
	}
	answers := []vault.GenerateRootStatusResponse{*begun}
	for _, share := range shares {
		answer, err := sys.GenerateRootUpdate(share, begun.Nonce)
		if err != nil {
			return nil, fmt.Errorf("share %d: %w", len(answers), err)
		}
		answers = append(answers, *answer)
	}
	return answers, nil
}

func refusals(sys *vault.Sys, t task, r *report) error {
	_, err := sys.GenerateRootUpdate(t.Shares[0], "no-nonce")
	if err := r.refusal("no attempt", err); err != nil {
		return err
	}
	_, err = sys.GenerateRootInit(t.OTP+"x", "")
	if err := r.refusal("wrong length", err); err != nil {
		return err
	}
	begun, err := sys.GenerateRootInit("", "")
	if err != nil {
		return err
	}
	_, err = sys.GenerateRootInit(t.OTP, "")
	if err := r.refusal("second attempt", err); err != nil {
		return err
	}
	shares := append([]string{t.Wrong}, t.Shares...)[:len(t.Shares)]
	for _, share := range shares {
		_, err = sys.GenerateRootUpdate(share, begun.Nonce)
	}
	if err := r.refusal("wrong share", err); err != nil {
		return err
	}
	if err := sys.GenerateRootCancel(); err != nil {
		return err
	}
	r.Cancelled, err = sys.GenerateRootStatus()
	return err
}
