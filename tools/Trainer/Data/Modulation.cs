namespace BcnnSim.Trainer.Data;

/// <summary>The eleven classes of <c>iq-11</c>, in label order.</summary>
public enum Modulation
{
    Bpsk,
    Qpsk,
    Psk8,
    Pam4,
    Qam16,
    Qam64,
    Gfsk,
    Cpfsk,
    AmDsb,
    AmSsb,
    Fm,
}
