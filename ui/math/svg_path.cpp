#include "ui/math/svg_path.h"

#include <cmath>

namespace ponder::ui {

namespace {

constexpr qsizetype kLongestPath = 100'000;
constexpr qreal kLargestNumber = 1e9;

class PathReader {
public:
    explicit PathReader(QStringView text) : text_(text) {}

    std::optional<QPainterPath> read() {
        path_.setFillRule(Qt::WindingFill);
        while (skipSpace(), at_ < text_.size()) {
            const QChar c = text_[at_];
            if (c.isLetter()) {
                command_ = c;
                ++at_;
            } else if (command_.isNull() || command_.toLower() == u'z') {
                return std::nullopt;
            }
            if (!apply()) return std::nullopt;
            // Numbers that go on after a move are lines.
            if (command_ == u'M') command_ = u'L';
            if (command_ == u'm') command_ = u'l';
        }
        return path_;
    }

private:
    void skipSpace() {
        while (at_ < text_.size() && (text_[at_].isSpace() || text_[at_] == u',')) ++at_;
    }

    bool number(qreal& value) {
        skipSpace();
        const qsizetype from = at_;
        const auto digits = [this] {
            const qsizetype start = at_;
            while (at_ < text_.size() && text_[at_] >= u'0' && text_[at_] <= u'9') ++at_;
            return at_ - start;
        };
        if (at_ < text_.size() && (text_[at_] == u'-' || text_[at_] == u'+')) ++at_;
        qsizetype found = digits();
        if (at_ < text_.size() && text_[at_] == u'.') {
            ++at_;
            found += digits();
        }
        if (found == 0) return false;
        if (at_ < text_.size() && (text_[at_] == u'e' || text_[at_] == u'E')) {
            ++at_;
            if (at_ < text_.size() && (text_[at_] == u'-' || text_[at_] == u'+')) ++at_;
            if (digits() == 0) return false;
        }
        bool understood = false;
        value = text_.sliced(from, at_ - from).toDouble(&understood);
        return understood && std::abs(value) <= kLargestNumber;
    }

    bool point(QPointF& value) {
        qreal x = 0;
        qreal y = 0;
        if (!number(x) || !number(y)) return false;
        value = {x, y};
        if (command_.isLower()) value += current_;
        return true;
    }

    bool apply() {
        QPointF first;
        QPointF second;
        QPointF end;
        const QChar kind = command_.toLower();
        const bool followsCurve = lastKind_ == u'c' || lastKind_ == u's';
        const bool followsQuadratic = lastKind_ == u'q' || lastKind_ == u't';
        lastKind_ = kind;
        switch (kind.unicode()) {
        case u'm':
            if (!point(end)) return false;
            path_.moveTo(end);
            start_ = end;
            break;
        case u'l':
            if (!point(end)) return false;
            path_.lineTo(end);
            break;
        case u'h':
        case u'v': {
            qreal value = 0;
            if (!number(value)) return false;
            const bool across = kind == u'h';
            if (command_.isLower()) value += across ? current_.x() : current_.y();
            end = across ? QPointF(value, current_.y()) : QPointF(current_.x(), value);
            path_.lineTo(end);
            break;
        }
        case u'c':
            if (!point(first) || !point(second) || !point(end)) return false;
            path_.cubicTo(first, second, end);
            control_ = second;
            break;
        case u's':
            first = followsCurve ? 2 * current_ - control_ : current_;
            if (!point(second) || !point(end)) return false;
            path_.cubicTo(first, second, end);
            control_ = second;
            break;
        case u'q':
            if (!point(first) || !point(end)) return false;
            path_.quadTo(first, end);
            control_ = first;
            break;
        case u't':
            first = followsQuadratic ? 2 * current_ - control_ : current_;
            if (!point(end)) return false;
            path_.quadTo(first, end);
            control_ = first;
            break;
        case u'z':
            path_.closeSubpath();
            end = start_;
            break;
        default:
            return false;
        }
        current_ = end;
        return std::abs(end.x()) <= kLargestNumber && std::abs(end.y()) <= kLargestNumber;
    }

    QStringView text_;
    qsizetype at_ = 0;
    QChar command_;
    QChar lastKind_;
    QPointF current_;
    QPointF control_;
    QPointF start_;
    QPainterPath path_;
};

} // namespace

std::optional<QPainterPath> parseSvgPath(QStringView text) {
    if (text.size() > kLongestPath) return std::nullopt;
    return PathReader(text).read();
}

} // namespace ponder::ui
