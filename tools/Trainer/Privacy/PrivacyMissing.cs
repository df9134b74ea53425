namespace BcnnSim.Trainer.Privacy;

/// <summary>A row to run.</summary>
/// <param name="Contender">The defence.</param>
/// <param name="Seed">Of it.</param>
/// <param name="Models">Of an attacker, that have not answered yet.</param>
internal sealed record PrivacyMissing(PrivacyContender Contender, ulong Seed, int Models);
