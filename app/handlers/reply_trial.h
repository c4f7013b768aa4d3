/* reply_trial.h - the reply of app:api-element-try-action. */
#ifndef REPLY_TRIAL_H
#define REPLY_TRIAL_H

#include "actions.h"
#include "courier.h"

/* What is told of the request beside its answer. */
struct trial_asked {
    struct str id, method, url;
    bool has_sequence;
    double sequence;
};

/* The reply, or the error when no answer came; as those of replies.h. */
struct str reply_trial(struct arena *arena, const struct trial_asked *asked, const struct courier_answer *answer);
/* The code by which a COURIER_E error is told. */
enum action_error reply_trial_error(int courier_error);

#endif
