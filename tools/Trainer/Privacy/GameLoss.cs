namespace BcnnSim.Trainer.Privacy;

/// <summary>How an attacker's answer h in 0..1 is valued.</summary>
public enum GameLoss
{
    /// <summary>log h of members, log(1 - h) of others; h is held in [1e-6, 1 - 1e-6].</summary>
    Log,

    /// <summary>-(1 - h)^2 of members, -h^2 of others: the form of the base game's code.</summary>
    Square,
}
