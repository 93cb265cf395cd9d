package io.slipway.driver.watch;

import io.slipway.driver.start.PageGuard;
import io.slipway.driver.start.SparkAuthentication;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Spark's standalone master inside the driver's JVM: one process less to start, and its state is a method call away. */
public final class StandaloneMaster {
    private final RpcEndpointRef endpoint;

    private StandaloneMaster(RpcEndpointRef endpoint) {
        this.endpoint = endpoint;
    }

    public static StandaloneMaster start(String address, int port, String secret, String pageSecret) {
        var conf = new SparkConf(false)
                .set("spark.decommission.enabled", "true")
                .set("spark.master.rest.enabled", "false")
                // Workers were told this port: another one is as bad as none.
                .set("spark.port.maxRetries", "0");
        SparkAuthentication.conf(secret).forEach(conf::set);
        PageGuard.conf(pageSecret, null).forEach(conf::set);
        RpcEnv env = Master.startRpcEnvAndEndpoint(address, port, 0, conf)._1();
        return at(env, env.address());
    }

    /** The master that another process has started. */
    public static StandaloneMaster at(RpcEnv env, RpcAddress address) {
        return new StandaloneMaster(env.setupEndpointRef(address, "Master"));
    }

    /** Whether it takes workers: until it has been elected it ignores them. */
    public boolean leads() {
        return state().status().toString().equals("ALIVE");
    }

    DeployMessages.MasterStateResponse state() {
        return endpoint.askSync(
                DeployMessages.RequestMasterState$.MODULE$,
                ClassTag$.MODULE$.<DeployMessages.MasterStateResponse>apply(DeployMessages.MasterStateResponse.class));
    }

    /** Asks all workers on the host to move their blocks away and take no more work. */
    public void decommission(String host) {
        endpoint.askSync(
                new DeployMessages.DecommissionWorkersOnHosts(
                        CollectionConverters.asScala(List.of(host)).toSeq()),
                ClassTag$.MODULE$.<Object>apply(Integer.class));
    }
}
