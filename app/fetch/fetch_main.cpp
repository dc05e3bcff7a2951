// ponder-fetch: lists and downloads models. Ponder starts it when its user has asked for that, and it is the
// only program of Ponder that opens a connection to another computer.

#include <curl/curl.h>
#include <sys/stat.h>

#include <optional>

#include "app/fetch/confinement.h"
#include "app/fetch/control.h"
#include "app/fetch/discard.h"
#include "app/fetch/download.h"
#include "app/fetch/fetch_failure.h"
#include "app/fetch/hub.h"
#include "app/fetch/model_check.h"

#ifdef __SANITIZE_ADDRESS__
/// Leaks are looked for by tracing, which this process gives up.
extern "C" const char* __asan_default_options() {
    return "detect_leaks=0";
}
#endif

namespace {

using namespace ponder;

/// What the request comes to. Throws FetchFailure, PauseAsked.
struct Answering {
    fetch::Control& control;

    app::FetchEvent operator()(const app::ListRequest& request) const {
        ::curl_global_init(CURL_GLOBAL_DEFAULT);
        fetch::confineFetcher({});
        return app::ListedEvent{fetch::listRepository(request, control)};
    }
    app::FetchEvent operator()(const app::GetRequest& request) const {
        // Before the first thread, and before this process may not start another.
        fetch::ModelCheck check(request.folder);
        ::curl_global_init(CURL_GLOBAL_DEFAULT);
        fetch::confineFetcher(request.folder);
        return fetch::Download(request, control, check).run();
    }
    app::FetchEvent operator()(const app::DiscardRequest& request) const {
        fetch::confineFetcher(request.folder);
        fetch::discard(request);
        return app::DiscardedEvent{};
    }
    app::FetchEvent operator()(const app::SpeedRequest&) const { fetch::fail(app::ProblemKind::BadRequest); }
    app::FetchEvent operator()(const app::PauseRequest&) const { fetch::fail(app::ProblemKind::BadRequest); }
};

} // namespace

int main() {
    ::umask(077);
    fetch::Control::setSignals();
    fetch::Control control;
    try {
        control.tell(std::visit(Answering{control}, control.first()));
        return 0;
    } catch (const fetch::PauseAsked&) {
        control.tell(app::PausedEvent{});
        return 0;
    } catch (const fetch::FetchFailure& failure) {
        control.tell(app::FailedEvent{failure.problem()});
    }
    return 1;
}
