#include "app/plan/plan_view.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QLocale>

#include "ui/widgets/byte_text.h"

namespace ponder::app {

namespace {

struct PlanWords {
    Q_DECLARE_TR_FUNCTIONS(PlanWords)
};

QString bytes(std::uint64_t count) {
    return ui::bytesText(static_cast<qint64>(count));
}

QString number(double value) {
    return QLocale().toString(value, 'f', value < 9.95 ? 1 : 0);
}

QString count(int value) {
    return QLocale().toString(value);
}

int percent(double share) {
    return static_cast<int>(std::lround(share * 100));
}

QString typeName(engine::CacheType type) {
    const std::string_view name = engine::cacheTypeName(type);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString headline(const engine::MemoryPlan& plan, const PlannedModel& model) {
    const engine::DevicePlan& memory = plan.devices.front();
    if (!plan.fits()) {
        return model.machine.isLimited
                   ? PlanWords::tr("Does not fit: needs %1 of memory, Ponder may use %2 more")
                         .arg(bytes(memory.total()), bytes(memory.free))
                   : PlanWords::tr("Does not fit: needs %1 of memory, %2 are free")
                         .arg(bytes(memory.total()), bytes(memory.free));
    }
    return plan.tokensPerSecond > 0
               ? PlanWords::tr("Fits. About %1 tokens a second").arg(number(plan.tokensPerSecond))
               : PlanWords::tr("Fits. How fast it is will be known once this computer is measured");
}

QString contextWords(const engine::MemoryPlan& plan, const PlannedModel& model) {
    if (model.choice.contextTokens > 0) return {};
    return plan.contextTokens >= model.footprint.trainedContextTokens
               ? PlanWords::tr("Automatic: %1 tokens of context, all that the model was trained for.")
                     .arg(count(plan.contextTokens))
               : PlanWords::tr("Automatic: %1 tokens of context, so that it takes at most a quarter of the "
                               "free memory.")
                     .arg(count(plan.contextTokens));
}

QString expertWords(const engine::MemoryPlan& plan, const PlannedModel& model) {
    if (model.footprint.expertBytes == 0 || model.choice.expertsInMemory) return {};
    if (plan.expertsInMemory >= 1) return PlanWords::tr("All experts fit into memory.");
    if (plan.expertsInMemory > 0)
        return PlanWords::
            tr("%1 % of the experts fit into memory, the others are read from the disk when they are needed.")
                .arg(percent(plan.expertsInMemory));
    return PlanWords::tr(
        "The experts are read from the disk when they are needed: the model is much larger than "
        "the free memory.");
}

QString explanation(const engine::MemoryPlan& plan, const PlannedModel& model) {
    if (!plan.fits()) {
        const engine::DevicePlan& memory = plan.devices.front();
        return PlanWords::tr("The weights take %1, the context of %2 tokens %3.")
            .arg(bytes(memory.weights()), count(plan.contextTokens), bytes(memory.cache));
    }
    QStringList words{contextWords(plan, model), expertWords(plan, model)};
    words.removeAll({});
    return words.join(' ');
}

QString suggestionWords(const engine::MemoryPlan& plan, const engine::PlanRequest& nearest) {
    QStringList changes;
    if (nearest.expertsInMemory && percent(*nearest.expertsInMemory) != percent(plan.expertsInMemory))
        changes << PlanWords::tr("%1 % of the experts in memory").arg(percent(*nearest.expertsInMemory));
    if (nearest.contextTokens > 0 && nearest.contextTokens != plan.contextTokens)
        changes << PlanWords::tr("a context of %1 tokens").arg(count(nearest.contextTokens));
    if (nearest.cacheType != plan.cacheType) changes << PlanWords::tr("a context kept in 8 bits");
    return PlanWords::tr("Use %1").arg(changes.join(PlanWords::tr(" and ", "between two changes")));
}

ui::PlanDevice memoryDevice(const engine::DevicePlan& planned, const PlannedModel& model) {
    ui::PlanDevice device;
    device.name = PlanWords::tr("Memory");
    device.totalBytes = static_cast<qint64>(model.machine.memoryBytes);
    device.fits = planned.fits;
    const std::uint64_t others =
        model.machine.memoryBytes - std::min(model.machine.memoryBytes, planned.free);
    const auto add = [&](ui::PlanUse use, std::uint64_t size) {
        if (size > 0) device.pieces.push_back({use, static_cast<qint64>(size)});
    };
    add(ui::PlanUse::Others, others);
    add(ui::PlanUse::Weights, planned.dense + planned.shared);
    add(ui::PlanUse::Experts, planned.experts);
    add(ui::PlanUse::Cache, planned.cache);
    add(ui::PlanUse::Scratch, planned.scratch);
    device.words =
        PlanWords::tr("%1 of %2 used").arg(bytes(others + planned.total()), bytes(model.machine.memoryBytes));
    return device;
}

ui::PlanDevice diskDevice(const engine::DevicePlan& planned) {
    ui::PlanDevice device;
    device.name = PlanWords::tr("Disk");
    device.totalBytes = static_cast<qint64>(planned.total());
    device.pieces = {{ui::PlanUse::Experts, static_cast<qint64>(planned.experts)}};
    device.words = PlanWords::tr("%1, read when they are needed").arg(bytes(planned.total()));
    return device;
}

QString measuredWords(const std::optional<PlanRecord>& record) {
    if (!record) return {};
    if (record->predictedTokensPerSecond <= 0)
        return PlanWords::tr("Measured here: %1 and %2 tokens a second, with %3 predicted.")
            .arg(bytes(record->actualBytes), number(record->actualTokensPerSecond),
                 bytes(record->predictedBytes));
    return PlanWords::tr("Predicted %1 and %2 tokens a second; measured here %3 and %4.")
        .arg(bytes(record->predictedBytes), number(record->predictedTokensPerSecond),
             bytes(record->actualBytes), number(record->actualTokensPerSecond));
}

QString speedWords(const engine::MachineSpeed& speed) {
    if (!speed.measured()) return {};
    const QString memory = number(speed.memoryBytesPerSecond() / 1e9);
    return speed.diskBytesPerSecond > 0
               ? PlanWords::tr("This computer reads its memory at %1 GB/s, this disk at %2 GB/s.")
                     .arg(memory, number(speed.diskBytesPerSecond / 1e9))
               : PlanWords::tr("This computer reads its memory at %1 GB/s.").arg(memory);
}

} // namespace

RunChoice runChoice(const ui::PlanChoice& choice) {
    RunChoice made;
    made.contextTokens = choice.contextTokens;
    for (const engine::CacheType type : engine::kCacheTypes) {
        if (choice.cacheType == typeName(type)) made.cacheType = type;
    }
    if (choice.expertsPercent >= 0) made.expertsInMemory = std::min(choice.expertsPercent, 100) / 100.0;
    return made;
}

ui::PlanChoice planChoice(const RunChoice& choice) {
    ui::PlanChoice made;
    made.contextTokens = choice.contextTokens;
    if (choice.cacheType) made.cacheType = typeName(*choice.cacheType);
    if (choice.expertsInMemory) made.expertsPercent = percent(*choice.expertsInMemory);
    return made;
}

ui::PlanView planView(const engine::MemoryPlan& plan, const PlannedModel& model) {
    ui::PlanView view;
    view.fits = plan.fits();
    view.headline = headline(plan, model);
    view.explanation = explanation(plan, model);
    for (std::size_t i = 0; i < plan.devices.size(); ++i)
        view.devices.push_back(i == 0 ? memoryDevice(plan.devices[i], model) : diskDevice(plan.devices[i]));
    view.choice = planChoice(model.choice);
    view.contextTokens = plan.contextTokens;
    view.mostContextTokens = model.footprint.trainedContextTokens;
    view.cacheType = typeName(plan.cacheType);
    view.hasExperts = model.footprint.expertBytes > 0;
    view.expertsPercent = percent(plan.expertsInMemory);
    if (plan.suggestion) {
        view.suggestion = suggestionWords(plan, plan.suggestion->request);
        view.suggested.contextTokens = plan.suggestion->request.contextTokens;
        if (plan.suggestion->request.cacheType != engine::CacheType::F16)
            view.suggested.cacheType = typeName(plan.suggestion->request.cacheType);
        if (plan.suggestion->request.expertsInMemory)
            view.suggested.expertsPercent = percent(*plan.suggestion->request.expertsInMemory);
    }
    view.measured = measuredWords(model.record);
    view.bandwidths = speedWords(model.machine.speed);
    if (plan.contextTokens > model.footprint.trainedContextTokens)
        view.notices << PlanWords::tr(
                            "The model was trained for %1 tokens; beyond them its answers get worse.")
                            .arg(count(model.footprint.trainedContextTokens));
    view.notices << PlanWords::tr("This version computes on the processor; a graphics card is not used.");
    return view;
}

} // namespace ponder::app
