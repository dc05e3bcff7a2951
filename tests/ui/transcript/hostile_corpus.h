#pragma once

#include <QString>

#include <vector>

namespace ponder::ui {

/// Something a model, a file name or a title may say to do harm, or by being broken.
struct HostileText {
    const char* name;
    QString text;
};

/// What opens or fetches something where it is taken for more than text; every target begins with one of the
/// two below.
std::vector<HostileText> baits();
/// What breaks, slows or deceives whoever shows it.
std::vector<HostileText> traps();
/// Both.
std::vector<HostileText> hostileCorpus();

/// A file that nothing may open, and a host that nothing may look up.
constexpr const char* kBaitFile = "/tmp/ponder-bait/secret.png";
constexpr const char* kBaitHost = "ponder-bait.invalid";

} // namespace ponder::ui
