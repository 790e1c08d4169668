//! How namespaces, records and releases look on a terminal.

use crate::chain::views::{
    Access, LinkRequestView, NamespaceView, RecordView, ReleaseView, ShareView, Standing, Terms, YankView,
};
use crate::chain::Chain;
use crate::commands::Context;
use crate::names::percent;
use crate::output::{count, safe, size, table, Style};

/// A standing, so that one sees at a glance what it is worth.
pub(crate) fn standing(style: Style, standing: Standing) -> String {
    match standing {
        Standing::Linked => style.green(standing),
        Standing::Plain => standing.to_string(),
        Standing::Unlinked => style.dim(standing),
    }
}

/// The terms in one line: `Apache-2.0 · royalty 2 %`.
pub(crate) fn terms(terms: &Terms) -> String {
    let mut words = vec![safe(&terms.licence)];
    let flags = [
        (!terms.commercial_use, "no commercial use"),
        (!terms.derivatives, "no derivatives"),
        (terms.share_alike, "share-alike"),
        (terms.attribution, "attribution"),
    ];
    words.extend(flags.iter().filter(|(set, _)| *set).map(|(_, word)| (*word).to_owned()));
    if terms.royalty > 0 {
        words.push(format!("royalty {}", percent(terms.royalty)));
    }
    words.join(" · ")
}

/// The warning of a yanked release.
pub(crate) fn yank(style: Style, yank: &YankView) -> String {
    let instead = yank.successor_name.as_ref().map(|name| format!("; use {} instead", safe(name))).unwrap_or_default();
    format!("{} {}{instead}", style.red("yanked:"), safe(&yank.reason))
}

/// The first line of a release.
pub(crate) fn headline(style: Style, release: &ReleaseView) -> String {
    let mut line =
        format!("{}  {} · {}", style.bold(safe(&release.name)), release.kind, standing(style, release.standing));
    if release.upstream.is_some() {
        line.push_str(" · catalogued");
    }
    line
}

/// All of a release.
pub(crate) fn release(context: &Context, style: Style, release: &ReleaseView) -> String {
    let mut text = headline(style, release);
    text.push('\n');
    if let Some(view) = &release.yanked {
        text.push_str(&format!("  {}\n", yank(style, view)));
    }
    let manifest = &release.manifest;
    let mut rows = vec![
        ("root", manifest.root.to_string()),
        (
            "content",
            format!(
                "{}, {}, {}",
                count(manifest.files, "file"),
                count(manifest.tensors, "tensor"),
                size(manifest.bytes)
            ),
        ),
        ("terms", terms(&release.terms)),
    ];
    for parent in &release.parents {
        let mut line = format!("{} of {}", style.cyan(parent.relation), safe(&parent.name));
        if parent.relation == crate::chain::views::Relation::TrainedOn {
            line = format!("{} {}", style.cyan(parent.relation), safe(&parent.name));
        }
        line.push_str(&style.dim(format!(" ({}, {})", parent.kind, parent.standing)));
        if parent.yanked {
            let when = if parent.yanked_when_cited { "was yanked already when cited" } else { "yanked since" };
            line.push_str(&format!(" {}", style.red(when)));
        }
        rows.push(("parent", line));
    }
    match &release.owner {
        Some(owner) => rows.push(("owner", context.who(owner))),
        None => rows.push(("owner", style.dim("nobody yet: no one has shown control of the channel"))),
    }
    if release.owner.as_ref() != Some(&release.registrant) {
        let by = if release.upstream.is_some() { "catalogued by" } else { "registered by" };
        rows.push((by, context.who(&release.registrant)));
    }
    rows.push(("first seen", format!("block {}, registered in block {}", release.first_seen, release.registered)));
    if release.standing_when_registered != release.standing {
        rows.push((
            "standing",
            format!("{} when registered, {} now", release.standing_when_registered, release.standing),
        ));
    }
    rows.push((
        "holder",
        if release.holder {
            "yes: the first of these bytes by standing and block".to_owned()
        } else {
            style.yellow(format!(
                "no: another release has a better claim to these bytes (`pedigree show {}`)",
                manifest.root
            ))
        },
    ));
    if let Some(upstream) = &release.upstream {
        rows.push(("upstream", format!("{} at {}", safe(&upstream.url), safe(&upstream.revision))));
    }
    if let Some(card) = &release.card {
        rows.push(("card", card.to_string()));
    }
    rows.extend(release.locations.iter().map(|location| ("location", safe(location))));
    rows.extend(release.digests.iter().map(|digest| ("digest", safe(&digest.to_string()))));
    text.push_str(&table(style, &rows));
    text
}

/// Who is owed what of a payment; nothing if all of it is the release's own.
pub(crate) fn split(style: Style, shares: &[ShareView]) -> String {
    if shares.len() < 2 {
        return String::new();
    }
    let rows: Vec<(&str, String)> = shares
        .iter()
        .map(|share| ("of each payment", format!("{:>8}  {}", percent(share.millionths), safe(&share.name))))
        .collect();
    table(style, &rows)
}

/// One line of a list of releases.
pub(crate) fn release_line(style: Style, release: &ReleaseView) -> String {
    facts(style, release, &format!("{}  ", style.bold(safe(&release.name))))
}

/// The same for a release that has just been named.
pub(crate) fn release_facts(style: Style, release: &ReleaseView) -> String {
    facts(style, release, "")
}

fn facts(style: Style, release: &ReleaseView, name: &str) -> String {
    let mut line = format!(
        "  {name}{} · {} · {} · first seen in block {}",
        release.kind,
        standing(style, release.standing),
        terms(&release.terms),
        release.first_seen,
    );
    if release.upstream.is_some() {
        line.push_str(" · catalogued");
    }
    if release.holder {
        line.push_str(&format!(" · {}", style.green("holder")));
    }
    line.push('\n');
    if let Some(view) = &release.yanked {
        line.push_str(&format!("  {}\n", yank(style, view)));
    }
    line
}

/// Who may cite a dataset.
pub(crate) fn access(access: &Access) -> String {
    let who = if access.by_grant { "those granted to" } else { "all" };
    match access.consent_until {
        Some(block) => format!("{who}, until block {block}"),
        None => who.to_owned(),
    }
}

/// A record without its releases.
pub(crate) fn record(context: &Context, style: Style, chain: &Chain, record: &RecordView) -> String {
    let mut rows = vec![("releases", record.releases.to_string())];
    match &record.owner {
        Some(owner) => rows.push(("owner", context.who(owner))),
        None => rows.push(("owner", style.dim("nobody yet: no one has shown control of the channel"))),
    }
    if let Some(view) = &record.access {
        rows.push(("may be cited by", access(view)));
    }
    if let Some(namespace) = record.offered_to {
        rows.push(("offered to", format!("namespace {namespace}")));
    }
    rows.push(("deposit", format!("{}, paid by {}", chain.token.show(record.deposit), context.who(&record.depositor))));
    rows.push(("since", format!("block {}", record.created)));
    format!(
        "{}  {} · {}\n{}",
        style.bold(safe(&record.name)),
        record.kind,
        standing(style, record.standing),
        table(style, &rows)
    )
}

/// A namespace without its records.
pub(crate) fn namespace(context: &Context, style: Style, namespace: &NamespaceView) -> String {
    let mut rows = Vec::new();
    match &namespace.owner {
        Some(owner) => rows.push(("owner", context.who(owner))),
        None => rows.push(("owner", style.dim("nobody yet: no one has shown control of the channel"))),
    }
    if let Some(to) = &namespace.offered_to {
        rows.push(("offered to", context.who(to)));
    }
    if let Some(link) = &namespace.link {
        rows.push((
            "linked",
            format!("shown in block {}; lapses in block {} unless it is renewed", link.shown, link.lapses),
        ));
    }
    rows.push(("since", format!("block {}", namespace.created)));
    let kind = if namespace.channel.is_some() { "channel" } else { "namespace" };
    format!(
        "{}  {kind} · {}\n{}",
        style.bold(safe(&namespace.name)),
        standing(style, namespace.standing),
        table(style, &rows)
    )
}

/// That somebody asks to be linked to a channel, and what registrars said.
pub(crate) fn link_request(context: &Context, style: Style, request: &LinkRequestView, threshold: u32) -> String {
    let mut rows = vec![("asked by", context.who(&request.claimant))];
    if let Some(owner) = request.owner.as_ref().filter(|owner| **owner != request.claimant) {
        rows.push(("linked to", context.who(owner)));
    }
    rows.push(match &request.commit {
        Some(commit) => ("shown by", format!("pedigree.json at commit {}", safe(commit.trim_start_matches("0x")))),
        None => ("shown by", "a TXT record".to_owned()),
    });
    let attested = request.verdicts.iter().filter(|verdict| verdict.attested && verdict.counts).count();
    rows.push(("attested", format!("{attested} of the {threshold} that it takes")));
    for verdict in &request.verdicts {
        let said = match &verdict.refusal {
            None => "attested".to_owned(),
            Some(why) => format!("refused: {}", safe(why)),
        };
        let counts = if verdict.counts { "" } else { " (no registrar any more)" };
        rows.push(("", format!("{} {said}{counts}", context.who(&verdict.registrar))));
    }
    match (request.superseded, request.notice) {
        (true, _) => rows.push(("superseded", "somebody else has shown since that he controls the channel".to_owned())),
        (false, Some(until)) => rows.push(("notice", format!("passes over in block {until} unless its owner renews"))),
        (false, None) => rows.push(("expires", format!("after block {}", request.expires))),
    }
    format!("{}\n{}", style.bold(safe(&request.name)), table(style, &rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_fit_one_line() {
        let mut open = Terms {
            licence: "Apache-2.0".into(),
            commercial_use: true,
            derivatives: true,
            share_alike: false,
            attribution: false,
            royalty: 0,
        };
        assert_eq!(terms(&open), "Apache-2.0");
        open.commercial_use = false;
        open.attribution = true;
        open.royalty = 25_000;
        assert_eq!(terms(&open), "Apache-2.0 · no commercial use · attribution · royalty 2.5 %");
    }

    #[test]
    fn a_yank_names_its_reason_and_what_to_use() {
        let view = YankView {
            reason: "leaks\x1b[2J keys".into(),
            successor: None,
            successor_name: Some("alice/x@2".into()),
            block: 7,
        };
        assert_eq!(yank(Style::plain(), &view), "yanked: leaks\u{fffd}[2J keys; use alice/x@2 instead");
    }
}
