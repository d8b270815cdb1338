package main

import (
	"context"
	"encoding/hex"
	"errors"

	log "github.com/hashicorp/go-hclog"
	kv "github.com/hashicorp/vault-plugin-secrets-kv"
	"github.com/hashicorp/vault/audit"
	"github.com/hashicorp/vault/builtin/credential/approle"
	"github.com/hashicorp/vault/builtin/credential/cert"
	"github.com/hashicorp/vault/sdk/helper/consts"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/physical/inmem"
	"github.com/hashicorp/vault/vault"
)

// unsealedCore makes a core with default settings on in-memory storage, initializes it and unseals it.
func unsealedCore(o options) (*vault.Core, announcement, error) {
	quiet := log.NewNullLogger()
	storage, err := inmem.NewInmem(nil, quiet)
	if err != nil {
		return nil, announcement{}, err
	}
	core, err := vault.NewCore(&vault.CoreConfig{
		Physical:        storage,
		LogicalBackends: map[string]logical.Factory{"kv": kv.Factory},
		CredentialBackends: map[string]logical.Factory{
			"approle": approle.Factory,
			"cert":    cert.Factory,
		},
		AuditBackends:   map[string]audit.Factory{"file": audit.NewFileBackend},
		DisableMlock:    true,
		Logger:          quiet,
		ClusterName:     o.clusterName,
		BuiltinRegistry: noBuiltins{},
		StorageType:     "inmem",
	})
	if err != nil {
		return nil, announcement{}, err
	}
	init, err := core.Initialize(context.Background(), &vault.InitParams{
		BarrierConfig: &vault.SealConfig{
			SecretShares:    o.shares,
			SecretThreshold: o.threshold,
			StoredShares:    1,
		},
		RecoveryConfig: &vault.SealConfig{},
	})
	if err != nil {
		return nil, announcement{}, err
	}
	made := announcement{Threshold: o.threshold, RootToken: init.RootToken}
	made.OTPLength = vault.TokenLength + vault.TokenPrefixLength
	for i, share := range init.SecretShares {
		made.Shares = append(made.Shares, hex.EncodeToString(share))
		if i < o.threshold {
			// The core keeps and later overwrites what it is given.
			if _, err := core.Unseal(append([]byte(nil), share...)); err != nil {
				return nil, announcement{}, err
			}
		}
	}
	if core.Sealed() {
		return nil, announcement{}, errors.New("still sealed after a quorum of shares")
	}
	return core, made, nil
}

// noBuiltins is the catalog of a server without plugins: the core asks it about every mount.
type noBuiltins struct{}

func (noBuiltins) Get(string, consts.PluginType) (func() (interface{}, error), bool) {
	return nil, false
}
func (noBuiltins) Keys(consts.PluginType) []string                   { return nil }
func (noBuiltins) Contains(string, consts.PluginType) bool           { return false }
func (noBuiltins) IsBuiltinEntPlugin(string, consts.PluginType) bool { return false }
func (noBuiltins) DeprecationStatus(string, consts.PluginType) (consts.DeprecationStatus, bool) {
	return consts.Unknown, false
}
