package main

import (
	"slices"

	vault "github.com/hashicorp/vault/api"
)

// tokens makes a token, looks it up in every way and revokes it by its accessor, and another by itself.
func tokens(client *vault.Client, t task, r *report) error {
	_, err := client.Auth().Token().LookupSelf()
	if err := r.refusal("no token", err); err != nil {
		return err
	}
	client.SetToken(t.RootToken)
	token := client.Auth().Token()
	made, err := token.Create(&vault.TokenCreateRequest{
		DisplayName: "by the Go client",
		TTL:         "1h",
		Metadata:    map[string]string{"purpose": "test"},
	})
	if err != nil {
		return err
	}
	accessor, err := made.TokenAccessor()
	if err != nil {
		return err
	}
	r.Token.Created = map[string]any{"policies": made.Auth.Policies, "lease": made.Auth.LeaseDuration, "renewable": made.Auth.Renewable}

	client.SetToken(made.Auth.ClientToken)
	self, err := token.LookupSelf()
	if err != nil {
		return err
	}
	r.Token.Self = self.Data

	client.SetToken(t.RootToken)
	found, err := token.LookupAccessor(accessor)
	if err != nil {
		return err
	}
	r.Token.Accessor = found.Data
	if r.Token.Listed, err = listed(client, accessor); err != nil {
		return err
	}
	if err := token.RevokeAccessor(accessor); err != nil {
		return err
	}
	_, err = token.LookupAccessor(accessor)
	if err := r.refusal("revoked accessor", err); err != nil {
		return err
	}

	other, err := token.Create(&vault.TokenCreateRequest{})
	if err != nil {
		return err
	}
	client.SetToken(other.Auth.ClientToken)
	if err := token.RevokeSelf(""); err != nil {
		return err
	}
	_, err = token.LookupSelf()
	return r.refusal("revoked token", err)
}

func listed(client *vault.Client, accessor string) (bool, error) {
	secret, err := client.Logical().List("auth/token/accessors")
	if err != nil {
		return false, err
	}
	keys, _ := secret.Data["keys"].([]any)
	return slices.Contains(keys, any(accessor)), nil
}
