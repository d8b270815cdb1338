package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	stdlog "log"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	vaulthttp "github.com/hashicorp/vault/http"
	"github.com/hashicorp/vault/internalshared/configutil"
	"github.com/hashicorp/vault/vault"
)

func serve(core *vault.Core, listener net.Listener) error {
	server := &http.Server{
		Handler: vaulthttp.Handler.Handler(&vault.HandlerProperties{
			Core: core,
			// The handler reads its settings without looking whether there are any.
			ListenerConfig: &configutil.Listener{Type: "tcp", Address: listener.Addr().String()},
		}),
		// A panic in a handler is one of the behaviours under test: keep its trace off the terminal.
		ErrorLog: stdlog.New(io.Discard, "", 0),
	}
	return server.Serve(listener)
}

// listen opens the socket and completes the announcement with the address and, for TLS, the CA's file.
func listen(o options, made *announcement) (net.Listener, error) {
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return nil, err
	}
	if o.tlsDir == "" {
		made.Address = "http://" + listener.Addr().String()
		return listener, nil
	}
	config, err := makeCertificates(o.tlsDir)
	if err != nil {
		listener.Close()
		return nil, err
	}
	made.Address = "https://" + listener.Addr().String()
	made.CAFile = filepath.Join(o.tlsDir, "ca.pem")
	return tls.NewListener(listener, config), nil
}

// makeCertificates makes a one-day CA, a server certificate for loopback and a client certificate. A client that
// shows a certificate must show one of this CA's.
func makeCertificates(dir string) (*tls.Config, error) {
	ca, caKey, err := certificate("test CA", nil, nil)
	if err != nil {
		return nil, err
	}
	server, serverKey, err := certificate("127.0.0.1", ca, caKey)
	if err != nil {
		return nil, err
	}
	client, clientKey, err := certificate("client", ca, caKey)
	if err != nil {
		return nil, err
	}
	clientKeyBytes, err := x509.MarshalPKCS8PrivateKey(clientKey)
	if err != nil {
		return nil, err
	}
	for name, block := range map[string]*pem.Block{
		"ca.pem":         {Type: "CERTIFICATE", Bytes: ca.Raw},
		"client.pem":     {Type: "CERTIFICATE", Bytes: client.Raw},
		"client-key.pem": {Type: "PRIVATE KEY", Bytes: clientKeyBytes},
	} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			return nil, err
		}
	}
	pool := x509.NewCertPool()
	pool.AddCert(ca)
	return &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{server.Raw}, PrivateKey: serverKey}},
		ClientCAs:    pool,
		ClientAuth:   tls.VerifyClientCertIfGiven,
		MinVersion:   tls.VersionTLS12,
	}, nil
}

// certificate makes a key and a certificate for it, signed by the issuer, or by itself as a CA if there is none.
func certificate(name string, issuer *x509.Certificate, issuerKey *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(24 * time.Hour),
		BasicConstraintsValid: true,
	}
	if issuer == nil {
		issuer, issuerKey = template, key
		template.IsCA = true
		template.KeyUsage = x509.KeyUsageCertSign
	} else {
		template.KeyUsage = x509.KeyUsageDigitalSignature
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
		template.DNSNames = []string{"localhost"}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer, &key.PublicKey, issuerKey)
	if err != nil {
		return nil, nil, err
	}
	made, err := x509.ParseCertificate(der)
	return made, key, err
}
