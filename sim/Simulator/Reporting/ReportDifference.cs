namespace BcnnSim.Reporting;

/// <summary>One place where two reports differ by more than the tolerance.</summary>
/// <param name="Path">For example "runs[cc-iq].layers[conv1].cycles".</param>
/// <param name="A">Value in the first report; "absent" where it has none.</param>
/// <param name="B">Value in the second report.</param>
/// <param name="Relative">|a - b| / max(|a|, |b|) of two numbers; null for anything else.</param>
public sealed record ReportDifference(string Path, string A, string B, double? Relative);
