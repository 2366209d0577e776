/** What is served at paths that are no API objects: version, health, discovery, OpenAPI, metrics. */
@NullMarked
package io.kubespring.apiserver.paths;

import org.jspecify.annotations.NullMarked;
