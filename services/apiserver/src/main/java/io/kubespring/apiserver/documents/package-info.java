/** What the server says about itself: bytes, media type and entity tag. */
@NullMarked
package io.kubespring.apiserver.documents;

import org.jspecify.annotations.NullMarked;
