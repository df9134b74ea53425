namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>Balanced accuracy of one attack on one model.</summary>
/// <param name="Name">Of the attack.</param>
/// <param name="Train">On what it was fitted on.</param>
/// <param name="Test">On members and non-members it never saw.</param>
/// <param name="Low">Lower end of the 95 % bootstrap interval of <paramref name="Test"/>.</param>
/// <param name="High">Upper end.</param>
public sealed record AttackResult(string Name, double Train, double Test, double Low, double High);
