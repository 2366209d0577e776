package io.kubespring.pki;

/** The users that components run as in their containers; a number is easiest to remember as the port it serves. */
enum User {
    ROOT(0),
    ETCD(2379),
    API_SERVER(6443),
    GATEWAY(8443),
    DNS(10053),
    CONTROLLER_MANAGER(10257),
    SCHEDULER(10259);

    final int id;

    User(int id) {
        this.id = id;
    }
}
