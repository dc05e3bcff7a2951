#pragma once

#include "ui/library/library_values.h"
#include "ui/widgets/page_scroll.h"

class QVBoxLayout;

namespace ponder::ui {

class Button;
class Label;
class ProgressBar;
class TextField;
class Theme;

/// Where a model can be had from: a link of the person's own, and the list that came with Ponder. It contacts
/// nobody; what would be contacted is said before anything is pressed. UI thread only.
class OffersPart : public PageScroll {
    Q_OBJECT
public:
    explicit OffersPart(Theme& theme, QWidget* parent = nullptr);

    void setOffers(const std::vector<OfferRow>& offers);
    /// Why the list cannot be shown; empty: it can.
    void setOfferProblem(const QString& problem);
    /// Who would be contacted for the link that is written, in a sentence.
    void setContact(const QString& words);
    void setAnswer(const LinkAnswer& answer);
    void focusLink();

signals:
    void linkEdited(const QString& link);
    void linkAsked(const QString& link);
    void fileWanted(const QString& link, const QString& file);
    void offerWanted(const QString& id);

private:
    void addLinkPart();

    TextField* link_;
    Button* look_;
    Label* contact_;
    ProgressBar* looking_;
    Label* answerTitle_;
    Label* answerAbout_;
    QVBoxLayout* files_;
    Label* offersAbout_;
    QVBoxLayout* offers_;
    LinkAnswer answer_;
    std::vector<OfferRow> shown_;
};

} // namespace ponder::ui
