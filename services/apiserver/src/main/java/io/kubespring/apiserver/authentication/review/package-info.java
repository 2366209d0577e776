/** TokenReview and SelfSubjectReview: asking the server who somebody is. */
@NullMarked
package io.kubespring.apiserver.authentication.review;

import org.jspecify.annotations.NullMarked;
