//! The names of TeX's own commands: those of LaTeX, amsmath and amssymb, and the commonest of other packages.

/// Returns whether TeX has a command of this name; commands around text ("emph") and those that cite are not in the list.
pub(super) fn is_known(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

/// The names, sorted.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "Alpha", "Bbbk", "Beta", "BibTeX", "Big", "Bigg", "Biggl", "Biggr", "Bigl", "Bigm", "Bigr", "Box", "Bumpeq",
    "Cap", "Chi", "Cov", "Cup", "DeclareMathOperator", "Delta", "Diamond", "Downarrow", "Eta", "Exp", "Finv",
    "Game", "Gamma", "Huge", "Im", "Join", "LARGE", "LaTeX", "Lambda", "Large", "Leftarrow", "Leftrightarrow",
    "Longleftarrow", "Longleftrightarrow", "Longrightarrow", "Omega", "P", "Phi", "Pi", "Pr", "Psi", "Re", "Rho",
    "Rightarrow", "S", "SI", "Sigma", "Subset", "Supset", "Tau", "TeX", "Theta", "Tr", "Uparrow", "Updownarrow",
    "Upsilon", "Var", "Vdash", "Vert", "Vvdash", "XeTeX", "Xi", "above", "abs", "acute", "aka", "aleph",
    "allowbreak", "alpha", "amalg", "ang", "angle", "appendix", "approx", "approxeq", "arccos", "arcsin", "arctan",
    "arg", "argmax", "argmin", "ast", "asymp", "atop", "author", "backprime", "backsim", "backsimeq", "backslash",
    "bar", "barwedge", "because", "begingroup", "beta", "beth", "between", "bfseries", "bibitem", "big", "bigcap",
    "bigcirc", "bigcup", "bigg", "biggl", "biggr", "bigl", "bigm", "bigodot", "bigoplus", "bigotimes", "bigr",
    "bigskip", "bigsqcup", "bigstar", "bigtriangledown", "bigtriangleup", "biguplus", "bigvee", "bigwedge", "binom",
    "blacksquare", "blacktriangle", "blacktriangledown", "bm", "bmod", "boldsymbol", "bot", "bottomrule", "bowtie",
    "boxdot", "boxminus", "boxplus", "boxtimes", "bra", "braket", "breve", "bullet", "bumpeq", "cap", "cdot",
    "cdotp", "cdots", "celsius", "cf", "cfrac", "check", "checkmark", "chi", "choose", "circ", "circeq",
    "circlearrowleft", "circlearrowright", "circledR", "circledast", "circledcirc", "circleddash",
    "cleardoublepage", "clearpage", "cline", "clubsuit", "cmidrule", "coloneq", "coloneqq", "color", "colorbox",
    "complement", "cong", "conv", "coprod", "copyright", "cos", "cosh", "cot", "coth", "csc", "csname", "cup",
    "curlyeqprec", "curlyeqsucc", "curlyvee", "curlywedge", "curvearrowleft", "curvearrowright", "dag", "dagger",
    "daleth", "dashv", "date", "dbinom", "dd", "ddag", "ddagger", "dddot", "ddot", "ddots", "def", "defeq", "deg",
    "degree", "delta", "det", "dfrac", "diag", "diamond", "diamondsuit", "digamma", "dim", "displaystyle", "div",
    "divideontimes", "dot", "doteq", "doteqdot", "dotplus", "dots", "dotsb", "dotsc", "dotsi", "dotsm", "dotso",
    "doublebarwedge", "downarrow", "downdownarrows", "dv", "edef", "eg", "ell", "emptyset", "endcsname", "endgroup",
    "enspace", "ensuremath", "eps", "epsilon", "eqcirc", "eqqcolon", "eqsim", "eqslantgtr", "eqslantless", "equiv",
    "eta", "etal", "etc", "eth", "eval", "exists", "exp", "expandafter", "fbox", "flat", "footnotemark",
    "footnotesize", "footnotetext", "forall", "frac", "framebox", "frown", "gamma", "gcd", "gdef", "ge", "geq",
    "geqq", "geqslant", "gets", "gg", "ggg", "gimel", "given", "global", "glossary", "grave", "gtrapprox", "gtrdot",
    "gtrless", "gtrsim", "hat", "hbar", "hbox", "hdashline", "heartsuit", "hfil", "hfill", "hline", "hom",
    "hookleftarrow", "hookrightarrow", "hphantom", "hskip", "hslash", "hspace", "huge", "iddots", "idotsint", "ie",
    "iff", "iid", "iiint", "iint", "imath", "impliedby", "implies", "in", "include", "index", "inf", "infty",
    "injlim", "input", "int", "intercal", "iota", "itshape", "jmath", "kappa", "ker", "kern", "ket", "lVert",
    "lambda", "land", "langle", "large", "lbrace", "lbrack", "lceil", "ldots", "le", "leadsto", "left", "leftarrow",
    "leftarrowtail", "leftharpoondown", "leftharpoonup", "leftleftarrows", "leftrightarrow", "leftrightarrows",
    "leftrightharpoons", "leftrightsquigarrow", "leftthreetimes", "leq", "leqq", "leqslant", "lessapprox",
    "lessdot", "lessgtr", "lesssim", "let", "lfloor", "lg", "lgroup", "lhd", "lim", "liminf", "limits", "limsup",
    "linebreak", "ll", "llbracket", "llcorner", "lll", "lmoustache", "ln", "lnot", "log", "long", "longleftarrow",
    "longleftrightarrow", "longmapsto", "longrightarrow", "lor", "lozenge", "lparen", "lrcorner", "ltimes", "lvert",
    "makeatletter", "makeatother", "makebox", "maketitle", "maltese", "mapsto", "marginpar", "mathbb", "mathbbm",
    "mathbf", "mathbin", "mathcal", "mathchoice", "mathclap", "mathclose", "mathds", "mathfrak", "mathit",
    "mathllap", "mathnormal", "mathop", "mathopen", "mathord", "mathpunct", "mathrel", "mathring", "mathrlap",
    "mathrm", "mathscr", "mathsf", "mathstrut", "mathtt", "max", "mdseries", "measuredangle", "medskip", "medspace",
    "mho", "micro", "mid", "middle", "midrule", "min", "minipage", "mkern", "mod", "models", "mp", "mskip", "mu",
    "multicolumn", "multimap", "multirow", "nLeftarrow", "nLeftrightarrow", "nRightarrow", "nVDash", "nVdash",
    "nabla", "natural", "ncong", "ne", "nearrow", "neg", "negmedspace", "negthickspace", "negthinspace", "neq",
    "newcommand", "newenvironment", "newtheorem", "nexists", "ngeq", "ngeqslant", "ngtr", "ni", "nleftarrow",
    "nleftrightarrow", "nleq", "nleqslant", "nless", "nmid", "noalign", "nobreak", "nocite", "nolimits",
    "nolinebreak", "nonumber", "nopagebreak", "norm", "normalfont", "normalsize", "not", "notag", "notin",
    "nparallel", "nprec", "npreceq", "nrightarrow", "nsim", "nsubset", "nsubseteq", "nsucc", "nsucceq", "nsupset",
    "nsupseteq", "ntriangleleft", "ntriangleright", "nu", "num", "nvDash", "nvdash", "nwarrow", "odot", "ohm",
    "oint", "omega", "omicron", "ominus", "operatorname", "oplus", "oslash", "otimes", "outer", "over", "overbrace",
    "overleftarrow", "overleftrightarrow", "overline", "overrightarrow", "overset", "owns", "pagebreak", "parallel",
    "parbox", "partial", "pdv", "perp", "perthousand", "phantom", "phi", "pi", "pitchfork", "pm", "pmb", "pmod",
    "pod", "pounds", "prec", "precapprox", "preceq", "precsim", "prescript", "prime", "printbibliography", "prod",
    "projlim", "proof", "propto", "protect", "providecommand", "psi", "qed", "qedhere", "qedsymbol", "qquad", "qty",
    "quad", "rVert", "raisebox", "rangle", "rank", "rbrace", "rbrack", "rceil", "relax", "renewcommand",
    "resizebox", "resp", "restriction", "rfloor", "rgroup", "rhd", "rho", "right", "rightarrow", "rightarrowtail",
    "rightharpoondown", "rightharpoonup", "rightleftarrows", "rightleftharpoons", "rightrightarrows",
    "rightsquigarrow", "rightthreetimes", "rm", "rmfamily", "rmoustache", "root", "rotatebox", "rparen",
    "rrbracket", "rtimes", "rvert", "scalebox", "scriptscriptstyle", "scriptsize", "scriptstyle", "scshape",
    "searrow", "sec", "selectfont", "set", "setminus", "sf", "sffamily", "sgn", "sharp", "shortmid",
    "shortparallel", "si", "sideset", "sigma", "sign", "sim", "simeq", "sin", "sinh", "sl", "slshape", "small",
    "smallfrown", "smallsetminus", "smallskip", "smallsmile", "smash", "smile", "space", "spadesuit", "span",
    "sphericalangle", "sqcap", "sqcup", "sqrt", "sqsubset", "sqsubseteq", "sqsupset", "sqsupseteq", "square",
    "stackrel", "star", "strut", "subset", "subseteq", "subseteqq", "subsetneq", "substack", "succ", "succapprox",
    "succeq", "succsim", "sum", "sup", "supp", "supset", "supseteq", "supseteqq", "supsetneq", "surd", "swarrow",
    "tableofcontents", "tag", "tan", "tanh", "tau", "tbinom", "textasciitilde", "textbackslash", "textbar",
    "textbullet", "textcolor", "textcopyright", "textdegree", "textellipsis", "textemdash", "textendash",
    "textgreater", "textless", "textmu", "textpm", "textregistered", "textstyle", "texttimes", "texttrademark",
    "tfrac", "thanks", "therefore", "theta", "thickapprox", "thicksim", "thickspace", "thinspace", "tilde", "times",
    "tiny", "to", "today", "top", "toprule", "tr", "trace", "triangle", "triangledown", "triangleleft",
    "trianglelefteq", "triangleq", "triangleright", "trianglerighteq", "ttfamily", "twoheadleftarrow",
    "twoheadrightarrow", "ulcorner", "underbrace", "underleftarrow", "underline", "underrightarrow", "underset",
    "unit", "unlhd", "unrhd", "uparrow", "updownarrow", "upharpoonright", "uplus", "upshape", "upsilon",
    "upuparrows", "urcorner", "vDash", "varDelta", "varGamma", "varLambda", "varOmega", "varPhi", "varPi", "varPsi",
    "varSigma", "varTheta", "varUpsilon", "varXi", "varepsilon", "varinjlim", "varkappa", "varliminf", "varlimsup",
    "varnothing", "varphi", "varpi", "varprojlim", "varpropto", "varrho", "varsigma", "vartheta", "vartriangle",
    "vartriangleleft", "vartriangleright", "vbox", "vcentcolon", "vcenter", "vdash", "vdots", "vec", "vee",
    "veebar", "vert", "vfil", "vfill", "vol", "vphantom", "vskip", "vspace", "wedge", "widehat", "widetilde", "wp",
    "wr", "wrt", "xLeftarrow", "xRightarrow", "xdef", "xhookleftarrow", "xhookrightarrow", "xi", "xleftarrow",
    "xleftrightarrow", "xmapsto", "xrightarrow", "xrightharpoonup", "xrightleftharpoons", "xspace", "yen", "zeta",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_none_is_twice() {
        assert!(NAMES.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn what_stands_after_an_escaped_line_break_is_none() {
        for word in ["n", "r", "t", "nThe", "nplease", "tand", "nI", "rThe", "nbut", "non", "nwith", "ttwo", "this"] {
            assert!(!is_known(word), "{word}");
        }
    }
}
