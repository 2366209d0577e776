package io.kubespring.gateway.identity;

import io.kubespring.service.x509.CertificateSubject;

/** Who a request is from, as far as the gateway can tell. Only the API server decides what a token is worth. */
public sealed interface Caller {

    /** For the access log; never a secret. */
    String name();

    /** @param credentialId which certificate it was */
    record Certified(CertificateSubject subject, String credentialId) implements Caller {
        @Override
        public String name() {
            return subject.name();
        }
    }

    /** @param digest of the token, in hexadecimal digits */
    record Bearer(String digest) implements Caller {

        private static final int SHOWN = 8;

        @Override
        public String name() {
            return "token:" + digest.substring(0, SHOWN);
        }
    }

    /** Without credentials that the gateway knows of. */
    record Unknown() implements Caller {

        static final Unknown INSTANCE = new Unknown();

        @Override
        public String name() {
            return "-";
        }
    }
}
