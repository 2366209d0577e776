/** The SubjectAccessReview family: asking the server what somebody may do. */
@NullMarked
package io.kubespring.apiserver.authorization.review;

import org.jspecify.annotations.NullMarked;
